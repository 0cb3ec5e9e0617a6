import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './load-model.js';
import { modelRegistrySchema, type ModelRegistry } from './model-registry.js';

const FILE = 'registry.json';

/** @throws ModelFaultError when it is missing or breaks its schema. */
export function readModelRegistry(folder: string): Promise<ModelRegistry> {
  return readJson(join(folder, FILE), modelRegistrySchema, 'registry');
}

/** Replaced in one step: a station that starts meanwhile reads the old file or the new one. */
export function writeModelRegistry(folder: string, registry: ModelRegistry): void {
  const path = join(folder, FILE);
  const text = `${JSON.stringify(modelRegistrySchema.parse(registry), null, 2)}\n`;
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
