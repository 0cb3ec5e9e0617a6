import { COMMAND_LINE } from '@app/registry';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withRegistry } from '../registry/with-registry.js';
import { type Manifest, readManifest } from './manifest.js';

/**
 * Makes a data folder from a backup. Every file is checked first, and nothing is there until all of it is. The registry then
 * leaves a record of everything in force for the journal: the wall of the restored station is right from the start. Nobody is
 * signed in there: a session or a link may have been ended since the backup.
 * @param data a folder that is empty or not there yet.
 * @throws an Error with a sentence.
 */
export async function restore(from: string, data: string): Promise<Manifest> {
  const manifest = await readManifest(from);
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new Error(
      `${data} is not empty: restore into a folder of its own, then start the station on it`,
    );
  const unfinished = `${data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    for (const file of Object.keys(manifest.files)) {
      mkdirSync(dirname(join(unfinished, file)), { recursive: true });
      cpSync(join(from, file), join(unfinished, file));
    }
    if (manifest.files['registry.db'] !== undefined) {
      await withRegistry(unfinished, async ({ outbox, sessions }) => {
        await outbox.announceAll(COMMAND_LINE);
        await sessions.endAll(COMMAND_LINE);
      });
    }
    if (existsSync(data)) rmSync(data, { recursive: true });
    renameSync(unfinished, data);
    return manifest;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
