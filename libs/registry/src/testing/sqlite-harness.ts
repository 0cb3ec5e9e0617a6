import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDataFolder } from '../data-folder.js';
import { REGISTRY_FILE, openRegistry } from '../open-registry.js';
import type { Registry } from '../registry.js';
import { LIMITS, type RegistryHarness } from './registry-harness.js';

/** A registry in a temporary data folder. */
export function newSqliteHarness(): Promise<RegistryHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-registry-'));
  openDataFolder(folder, 'simulated', 2);
  const opened: Registry[] = [];
  return Promise.resolve({
    async open(clock) {
      const registry = await openRegistry(folder, { defaultWardLimits: LIMITS, clock });
      opened.push(registry);
      return registry;
    },
    execute: (statement) =>
      new Promise((resolve) => {
        const database = new DatabaseSync(join(folder, REGISTRY_FILE));
        try {
          resolve(database.exec(statement));
        } finally {
          database.close();
        }
      }),
    async remove() {
      for (const registry of opened) await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
