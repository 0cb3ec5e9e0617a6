import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFacts } from '@app/contracts';
import { modelMetadataSchema } from '@app/inference';

/** What a model folder says of itself. The processor checks the rest of it; here a fault is a sentence. */
export async function modelFacts(models: string, reference: string): Promise<ModelFacts> {
  const [name = '', version = ''] = reference.split('/');
  const empty = {
    name,
    version,
    summary: '',
    intendedUse: '',
    limits: [],
    weightsLicence: '',
    results: [],
  };
  const path = join(models, name, version, 'metadata.json');
  try {
    const { summary, intendedUse, limits, weightsLicence, results } = modelMetadataSchema.parse(
      JSON.parse(await readFile(path, 'utf8')),
    );
    return { name, version, fault: null, summary, intendedUse, limits, weightsLicence, results };
  } catch (error) {
    return {
      ...empty,
      fault: `${path}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
