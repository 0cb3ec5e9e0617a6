import { type ModelSlot, loadModels } from '@app/inference';
import type { Settings } from '../settings.js';
import { type Finding, good, problem } from './finding.js';

/** Loads every model with its checksum and golden outputs, as the processor does. */
export async function checkModels(settings: Settings): Promise<Finding[]> {
  const models = await loadModels(settings.models);
  try {
    return [
      ofSlot('heart rate model', models.heartRate),
      ofSlot('activity model', models.activity),
      ...(models.activityWaist === null
        ? []
        : [ofSlot('activity model of the waist', models.activityWaist)]),
      ...(models.fall === null ? [] : [ofSlot('fall model', models.fall)]),
    ];
  } finally {
    await models.release();
  }
}

function ofSlot(what: string, slot: ModelSlot): Finding {
  if (slot.state === 'unavailable')
    return problem(what, slot.fault.message, 'put the model folder back as it was released');
  const { name, version } = slot.model.id;
  return good(what, `${name} ${version} gives its golden outputs on this machine`);
}
