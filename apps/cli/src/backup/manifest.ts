import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const FILE = 'backup.json';
/** Of the layout of a backup: a newer one is refused. */
export const BACKUP_FORMAT = 1;

const schema = z.object({
  format: z.number().int(),
  /** The version of Vigil that made it. */
  vigil: z.string(),
  madeMs: z.number(),
  /** Where the history was: `influx` is not in the backup. */
  history: z.enum(['sqlite', 'influx']),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** What a backup holds, with the SHA-256 of each file. */
export type Manifest = z.output<typeof schema>;

export async function writeManifest(
  folder: string,
  about: Omit<Manifest, 'format' | 'files'>,
): Promise<Manifest> {
  const files: Record<string, string> = {};
  for (const file of filesIn(folder)) files[file] = await sha256(join(folder, file));
  const manifest: Manifest = { format: BACKUP_FORMAT, ...about, files };
  writeFileSync(join(folder, FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/**
 * Reads a backup's manifest and every file that it names.
 * @throws an Error with a sentence when it is no backup, of a newer version, incomplete or changed.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, FILE);
  if (!existsSync(path))
    throw new Error(
      `${folder} is no backup: it has no ${FILE}. A backup is complete once it has one`,
    );
  const parsed = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is damaged: take another backup`);
  if (parsed.data.format > BACKUP_FORMAT) {
    throw new Error(
      `${folder} was made by Vigil ${parsed.data.vigil}, which is newer: restore it with that version`,
    );
  }
  for (const [file, expected] of Object.entries(parsed.data.files)) {
    const found = isThere(folder, file) ? await sha256(join(folder, file)) : 'missing';
    if (found !== expected) {
      throw new Error(
        `${join(folder, file)} is ${found === 'missing' ? 'missing' : 'not as it was written'}: take another backup`,
      );
    }
  }
  return parsed.data;
}

/**
 * Whether a file that a manifest names is in the backup.
 * @throws an Error with a sentence when it is, or could be, outside of it: nothing else is ever read or written.
 */
function isThere(folder: string, file: string): boolean {
  const parts = file.split('/');
  const isPlain =
    !posix.isAbsolute(file) &&
    !file.includes('\\') &&
    !parts.includes('..') &&
    posix.normalize(file) === file;
  if (!isPlain) {
    throw new Error(`${folder} names the file ${JSON.stringify(file)}: take another backup`);
  }
  let path = folder;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return false;
    const isLast = index === parts.length - 1;
    if (!(isLast ? found.isFile() : found.isDirectory())) {
      const wanted = isLast ? 'a regular file' : 'a folder';
      throw new Error(`${path} is not ${wanted}, as a backup has them: take another backup`);
    }
  }
  return true;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== FILE)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .toSorted();
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
