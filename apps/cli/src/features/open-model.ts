import { loadModel, type ModelInterface, type OnnxModel } from '@app/inference';

/** The model `<name>/<version>` of a folder; throws an Error that says why it cannot be used. */
export async function openModel(
  folder: string,
  reference: string,
  wanted: ModelInterface,
): Promise<OnnxModel> {
  const slot = await loadModel(folder, reference, { wanted });
  if (slot.state === 'unavailable') throw new Error(slot.fault.message);
  return slot.model;
}
