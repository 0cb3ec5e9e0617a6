import { backupSqliteJournal, copyDatabase } from '@app/journal';
import { readDataFolder } from '@app/registry';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, writeManifest } from './manifest.js';

/**
 * Copies a data folder, also while its station runs: journal, history, registry, certificates. The registry comes last, so that
 * every change whose record is in the journal is in it; a restore says anew what is in force.
 * @param to a folder that is empty or not there yet. Readable by its owner alone: it holds names.
 * @throws an Error with a sentence; what was copied is then removed.
 */
export async function backUp(data: string, to: string, version: string): Promise<Manifest> {
  readDataFolder(data);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new Error(`${to} is not empty: name a folder of its own for each backup`);
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    const madeMs = Date.now();
    cpSync(join(data, 'vigil.json'), join(unfinished, 'vigil.json'));
    if (existsSync(join(data, 'journal')))
      backupSqliteJournal(join(data, 'journal'), join(unfinished, 'journal'));
    const hasHistory = copyDatabase(join(data, 'history.db'), join(unfinished, 'history.db'));
    if (existsSync(join(data, 'tls'))) {
      cpSync(join(data, 'tls'), join(unfinished, 'tls'), {
        recursive: true,
        filter: (file) => !file.endsWith('.lock'),
      });
      chmodSync(join(unfinished, 'tls'), 0o700);
    }
    copyDatabase(join(data, 'registry.db'), join(unfinished, 'registry.db'));
    const manifest = await writeManifest(unfinished, {
      vigil: version,
      madeMs,
      history: hasHistory ? 'sqlite' : 'influx',
    });
    if (existsSync(to)) rmSync(to, { recursive: true });
    renameSync(unfinished, to);
    return manifest;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
