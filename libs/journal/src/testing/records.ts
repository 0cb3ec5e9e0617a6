import { readdirSync } from 'node:fs';
import type { Journal, JournalRecord, NewRecord } from '../index.js';

export function newRecord(key: string, text: string): NewRecord {
  return { key, value: new TextEncoder().encode(text) };
}

export function textOf(record: JournalRecord): string {
  return Buffer.from(record.value).toString();
}

/** Reads until there are `count` records, then ends the iteration. */
export async function collect(
  batches: AsyncIterable<JournalRecord[]>,
  count: number,
): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const batch of batches) {
    records.push(...batch);
    if (records.length >= count) break;
  }
  return records;
}

/** Appends the texts to `frames` in order, all under one key, `atOnce` to a commit. */
export async function fill(
  journal: Journal,
  texts: string[],
  padding = 0,
  atOnce = 1,
): Promise<void> {
  for (let i = 0; i < texts.length; i += atOnce) {
    const records = texts
      .slice(i, i + atOnce)
      .map((text) => newRecord('a', text.padEnd(padding, '.')));
    await journal.append('frames', records);
  }
}

/** `from`, …, `to` - 1 as texts. */
export function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `${from + i}`);
}

/** Where to consume all partitions from: the beginning. */
export function beginning(partitions = 1): Map<number, number> {
  return new Map(Array.from({ length: partitions }, (_, partition) => [partition, 0]));
}

/** The signal of a consumer that is ended by leaving its loop. */
export function endless(): AbortSignal {
  return new AbortController().signal;
}

/** Segment files of `frames`. */
export function segmentsIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => /^frames-\d+\.sqlite$/.test(file));
}
