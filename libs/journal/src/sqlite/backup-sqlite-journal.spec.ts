import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '../journal.js';
import { backupSqliteJournal } from './backup-sqlite-journal.js';
import { openSqliteJournal } from './open-sqlite-journal.js';
import type { SqliteJournal } from './sqlite-journal.js';

const PARTITIONS = 2;
const small = { maxBytes: 400_000, segmentBytes: 50_000 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (name: string) =>
  openSqliteJournal({
    folder: join(folder, name),
    partitions: PARTITIONS,
    retention: { frames: small, ward: small },
  });

async function all(journal: SqliteJournal, partition: number): Promise<JournalRecord[]> {
  const { oldest } = (await journal.bounds('frames'))[partition]!;
  return journal.read('frames', partition, oldest, 100_000);
}

/** Whether the copy's records are the original's, without a hole. */
async function isPart(copy: SqliteJournal, original: SqliteJournal): Promise<boolean> {
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const records = await all(copy, partition);
    const known = new Map((await all(original, partition)).map((r) => [r.offset, r]));
    for (const [i, record] of records.entries()) {
      if (record.offset !== records[0]!.offset + i) return false;
      const own = known.get(record.offset);
      if (own !== undefined && Buffer.compare(own.value, record.value) !== 0) return false;
    }
  }
  return true;
}

it('copies what is there with its checkpoints, and the copy goes on by itself', async () => {
  const original = await open('a');
  await original.append('frames', [{ key: 'x', value: new Uint8Array([1, 2]) }]);
  await original.append('events', [{ key: 'x', value: new Uint8Array([3]) }]);
  const state = new Map([['x', new Uint8Array([9])]]);
  await original.commit('reader', [{ partition: 0, offset: 1, state }]);
  backupSqliteJournal(join(folder, 'a'), join(folder, 'b'));
  await original.append('frames', [{ key: 'x', value: new Uint8Array([4]) }]);

  const copy = await open('b');
  expect(await copy.checkpoint('reader', 0)).toMatchObject({ offset: 1, state });
  expect(await isPart(copy, original)).toBe(true);
  const [position] = await copy.append('frames', [{ key: 'x', value: new Uint8Array([5]) }]);
  expect(position?.offset).toBe(1);
  await copy.close();
  await original.close();
});

it('has no hole while segments are sealed and dropped under it', async () => {
  const original = await open('a');
  const writing = new AbortController();
  const written = (async () => {
    for (let i = 0; !writing.signal.aborted; i++) {
      const value = new Uint8Array(1000).fill(i % 256);
      await original.append('frames', [
        { key: 'a', value, partition: 0 },
        { key: 'b', value, partition: 1 },
      ]);
      if (i % 50 === 0) await original.retain();
    }
  })();
  try {
    for (let round = 0; round < 4; round++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      backupSqliteJournal(join(folder, 'a'), join(folder, `b${round}`));
    }
  } finally {
    writing.abort();
    await written;
  }
  const found: { next: number; isPart: boolean }[] = [];
  for (let round = 0; round < 4; round++) {
    const copy = await open(`b${round}`);
    const { next } = (await copy.bounds('frames'))[0]!;
    found.push({ next, isPart: await isPart(copy, original) });
    await copy.close();
  }
  await original.close();
  for (const copy of found) {
    expect(copy.isPart).toBe(true);
    expect(copy.next).toBeGreaterThan(0);
  }
}, 60_000);
