import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Checkpoint, type SqliteJournal, openSqliteJournal } from '@app/journal';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Checkpointer } from './checkpointer.js';

let folder: string;
let journal: SqliteJournal;
let nowMs = 0;
const clock = { nowMs: () => nowMs };
let taken = 0;

/** A checkpoint that says how many were taken before it. */
function take(): Checkpoint[] {
  return [{ partition: 0, offset: ++taken, state: new Map([['wear-1', new Uint8Array([taken])]]) }];
}

beforeEach(async () => {
  [nowMs, taken] = [0, 0];
  folder = mkdtempSync(join(tmpdir(), 'vigil-checkpointer-'));
  journal = await openSqliteJournal({ folder, partitions: 1 });
});

afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('Checkpointer', () => {
  it('saves every 5 s, and at the end', async () => {
    const checkpointer = new Checkpointer(journal, 'test', clock);
    checkpointer.offer(take);
    expect(taken).toBe(0);
    nowMs = 5_000;
    checkpointer.offer(take);
    checkpointer.offer(take);
    expect(taken).toBe(1);
    await checkpointer.finish(take);
    expect((await journal.checkpoint('test', 0))?.offset).toBe(2);
  });

  it('waits longer when saving takes long: a twentieth of the time at most', async () => {
    const checkpointer = new Checkpointer(journal, 'test', clock);
    nowMs = 5_000;
    checkpointer.offer(take);
    nowMs = 6_000;
    while (checkpointer.isWriting) await sleep(1);
    nowMs = 6_000 + 19_000;
    checkpointer.offer(take);
    expect(taken).toBe(1);
    nowMs = 6_000 + 20_000;
    checkpointer.offer(take);
    expect(taken).toBe(2);
    await checkpointer.finish(take);
  });

  it('does not go on after a checkpoint that could not be written', async () => {
    const checkpointer = new Checkpointer(journal, 'test', clock);
    await journal.close();
    nowMs = 5_000;
    checkpointer.offer(take);
    await expect(checkpointer.finish(take)).rejects.toThrow('closed');
    expect(() => checkpointer.offer(take)).toThrow('closed');
    expect(taken).toBe(1);
  });
});
