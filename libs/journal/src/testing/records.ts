import type { JournalRecord, NewRecord } from '../index.js';

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
