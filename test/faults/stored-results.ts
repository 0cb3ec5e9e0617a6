import {
  CANARY,
  type VitalSigns,
  decodeFrame,
  decodeInput,
  decodeWardRecord,
  vitalSignsKey,
} from '@app/contracts';
import {
  type Journal,
  type JournalRecord,
  type StreamName,
  openSqliteJournalToRead,
} from '@app/journal';
import { openSeriesStore } from '@app/series';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Comparable, comparable } from '../parity/pipeline-run.js';

/** Results of a patient as the history store has them. Waits until there are `count`, or `withinMs` have passed. */
export async function storedResults(
  dataFolder: string,
  patient: string,
  count: number,
  withinMs: number,
): Promise<VitalSigns[]> {
  const series = openSeriesStore({
    kind: 'sqlite',
    file: join(dataFolder, 'history.db'),
    retentionDays: 10_000,
  });
  const deadlineMs = performance.now() + withinMs;
  try {
    for (;;) {
      const windows = await series.readWindows({ patient, limit: 10_000 });
      if (windows.length >= count || performance.now() > deadlineMs) return windows;
      await sleep(100);
    }
  } finally {
    await series.close();
  }
}

/** By key, without what a second run may change. Fails on a key that is there twice. */
export function byKey(results: readonly VitalSigns[]): Map<string, Comparable> {
  const map = new Map<string, Comparable>();
  for (const vital of results) {
    const key = vitalSignsKey(vital);
    if (map.has(key)) throw new Error(`${key} is stored twice`);
    map.set(key, comparable(vital));
  }
  return map;
}

export interface JournalContents {
  /** Sequence numbers of the frames, by device, in their order; repeated ones too. */
  frames: Map<string, number[]>;
  /** Results as they were appended to `ward`, repeated ones too. */
  vitals: VitalSigns[];
}

/** What a stopped station left in its journal. */
export async function journalContents(dataFolder: string): Promise<JournalContents> {
  const journal = await openSqliteJournalToRead(join(dataFolder, 'journal'));
  try {
    const frames = new Map<string, number[]>();
    for (const { value } of await allRecords(journal, 'frames')) {
      const input = decodeInput(value);
      if (input.type !== 'frame') continue;
      const decoded = decodeFrame(input.frame);
      if (!decoded.ok) throw new Error('a frame in the journal cannot be decoded');
      const { device, sequence } = decoded.frame;
      frames.set(device, [...(frames.get(device) ?? []), sequence]);
    }
    const ward = (await allRecords(journal, 'ward')).map(({ value }) => decodeWardRecord(value));
    const vitals = ward.flatMap((r) => (r.type === 'vitals' ? [r.vital] : []));
    return { frames, vitals: vitals.filter(({ patient }) => patient !== CANARY) };
  } finally {
    await journal.close();
  }
}

async function allRecords(journal: Journal, stream: StreamName): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (const [partition, { oldest, next }] of (await journal.bounds(stream)).entries()) {
    for (let offset = oldest; offset < next;) {
      const read = await journal.read(stream, partition, offset, 1000);
      if (read.length === 0) throw new Error(`${stream} ends at ${offset}, not at ${next}`);
      records.push(...read);
      offset += read.length;
    }
  }
  return records;
}
