import type { Origin } from '@app/contracts';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A data folder that cannot be used as asked; the message says why and what to do. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';
}

const FORMAT = 1;
const schema = z.object({
  format: z.literal(FORMAT),
  origin: z.enum(['live', 'simulated', 'replay']),
  partitions: z.number().int().min(1).max(64),
});

export type DataFolder = z.output<typeof schema> & { path: string };

/**
 * Opens a data folder, or makes it. Its origin and partitions are fixed when it is made: simulated and replayed
 * patients never share a folder with real ones.
 * @throws DataFolderError when the folder is for something else, of another format, or cannot be written.
 */
export function openDataFolder(
  path: string,
  origin: Origin | undefined,
  partitions: number,
): DataFolder {
  const file = join(path, 'vigil.json');
  if (!existsSync(file)) {
    const made = { format: FORMAT as 1, origin: origin ?? 'live', partitions };
    orSay(path, 'cannot be made', () => {
      makeFolder(path, 0o700);
      writeFileSync(`${file}.new`, JSON.stringify(made));
      renameSync(`${file}.new`, file);
    });
    return { ...made, path };
  }
  const folder = readDataFolder(path);
  if (origin !== undefined && folder.origin !== origin) {
    throw new DataFolderError(
      `--data (VIGIL_DATA) ${path} holds ${folder.origin} data, not ${origin}: choose another folder`,
    );
  }
  orSay(path, 'cannot be written', () => accessSync(path, constants.R_OK | constants.W_OK));
  return folder;
}

/**
 * What an existing data folder is for.
 * @throws DataFolderError when it is no data folder, or of another format.
 */
export function readDataFolder(path: string): DataFolder {
  const parsed = schema.safeParse(readJson(join(path, 'vigil.json')));
  if (!parsed.success) {
    throw new DataFolderError(
      `--data (VIGIL_DATA) ${path}: vigil.json is missing or not of format ${FORMAT}; was it made by another version?`,
    );
  }
  return { ...parsed.data, path };
}

/** As `mkdir -p -m`. Node's own recursive one never returns below a folder that takes none, as /proc. */
function makeFolder(path: string, mode?: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, mode);
  } catch (error) {
    // Another process may have made it just now.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function orSay(path: string, problem: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new DataFolderError(
      `--data (VIGIL_DATA) ${path} ${problem}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** The parsed file, or null when there is none or it is no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
