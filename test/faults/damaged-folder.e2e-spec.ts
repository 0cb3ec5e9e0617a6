import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openSqliteJournal } from '@app/journal';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Station } from '../servers/station.js';

jest.setTimeout(120_000);

let data: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'vigil-damaged-'));
  await running(async () => undefined);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function running(action: (station: Station) => Promise<void>): Promise<void> {
  const station = await Station.start(data);
  try {
    await station.untilReady();
    await action(station);
  } finally {
    await station.stop();
  }
}

const journalFile = (name: string) => join(data, 'journal', name);

it('goes on over records that no follower can read, and counts them', async () => {
  const journal = await openSqliteJournal({ folder: join(data, 'journal'), partitions: 4 });
  const strange = ['{"type":"shift-change"}', 'null', '\u0000'].map((text) => ({
    key: 'bed-1',
    value: new TextEncoder().encode(text),
  }));
  await journal.append('ward', strange);
  await journal.append('events', strange);
  await journal.append('frames', [{ key: 'watch-1', value: Uint8Array.of(255) }]);
  await journal.close();

  const expected = [
    '{stream="events",follower="alarm-log"} 3',
    '{stream="events",follower="downlink"} 3',
    '{stream="events",follower="gateway"} 3',
    '{stream="events",follower="history"} 3',
    '{stream="events",follower="returns"} 3',
    '{stream="frames",follower="processor"} 1',
    '{stream="ward",follower="alarms"} 3',
    '{stream="ward",follower="gateway"} 3',
    '{stream="ward",follower="history"} 3',
  ];
  await running(async (station) => {
    const deadlineMs = performance.now() + 30_000;
    let counted: string[] = [];
    while (counted.length < expected.length && performance.now() < deadlineMs) {
      await sleep(200);
      counted = await unreadable(station);
    }
    expect(counted).toEqual(expected);
  });
});

async function unreadable(station: Station): Promise<string[]> {
  const text = await (await fetch(new URL('/metrics', station.httpUrl))).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('vigil_records_unreadable_total{'))
    .map((line) => line.replace('vigil_records_unreadable_total', ''))
    .toSorted();
}

it('starts over when the checkpoints are damaged', async () => {
  writeFileSync(journalFile('checkpoints.sqlite'), 'x'.repeat(9000));
  await running(async () => undefined);
  expect(existsSync(journalFile('checkpoints-2.sqlite'))).toBe(true);
  await running(async () => undefined);
  expect(existsSync(journalFile('checkpoints-3.sqlite'))).toBe(false);
});

it('names the segment that is damaged, and ends with 2', async () => {
  const path = journalFile('ward-00000001.sqlite');
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.from(bytes).fill(0xa5, 4096));
  await expect(Station.start(data)).rejects.toThrow(
    /ended with 2: .*segment ward-00000001\.sqlite: .*malformed.*docs\/operations\.md/,
  );
  // What the document says to do.
  for (const file of ['ward-00000001.sqlite', 'checkpoints.sqlite', 'checkpoints-2.sqlite'])
    for (const suffix of ['', '-wal', '-shm']) rmSync(journalFile(file + suffix), { force: true });
  await running(async () => undefined);
});

it('says in a sentence that there can be no data folder', async () => {
  await expect(Station.start('/proc/vigil')).rejects.toThrow(
    /ended with 2: --data .*cannot be made/,
  );
});
