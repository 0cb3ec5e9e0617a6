import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { firstDamagedState } from './checkpoint-store.js';
import { isDamage } from './damage.js';
import { openForReading } from './database.js';

const FIRST = 'checkpoints.sqlite';

/**
 * The checkpoint file in use: `checkpoints.sqlite`, or the highest of `checkpoints-2.sqlite`, … A damaged one is not moved
 * away: other processes may have it open, and SQLite finds their logs by name.
 */
export function checkpointFile(folder: string): string {
  return join(folder, nameOf(generation(folder)));
}

/**
 * The same, after a look through all of it. When it is damaged a new one takes its place and every consumer starts over.
 * To be called before any checkpoint is loaded: a commit names changes, and what they change must lie in the same file.
 */
export function soundCheckpointFile(folder: string, onDamage: (sentence: string) => void): string {
  const current = generation(folder);
  const path = join(folder, nameOf(current));
  if (existsSync(path)) accessSync(path, constants.W_OK);
  const damage = damageIn(path);
  if (damage === null) return path;
  const next = nameOf(current + 1);
  onDamage(
    `${path} is damaged (${damage}): every follower starts over from the oldest record, ` +
      `and saves its place in ${next} from now on`,
  );
  return join(folder, next);
}

function damageIn(path: string): string | null {
  let database: DatabaseSync | null = null;
  try {
    database = openForReading(path);
    if (database === null) return null;
    const found = String(database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
    return found === 'ok' ? firstDamagedState(database) : found.replaceAll(/\s+/g, ' ');
  } catch (error) {
    if (isDamage(error)) return (error as Error).message;
    throw error;
  } finally {
    database?.close();
  }
}

function generation(folder: string): number {
  const numbers = readdirSync(folder).map((file) => /^checkpoints-(\d+)\.sqlite$/.exec(file)?.[1]);
  return Math.max(1, ...numbers.map((number) => Number(number ?? 1)));
}

function nameOf(number: number): string {
  return number === 1 ? FIRST : `checkpoints-${number}.sqlite`;
}
