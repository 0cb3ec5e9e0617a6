import { STREAM_NAMES, type StreamInfo, type StreamName } from '@app/journal';
import { withJournal } from './with-journal.js';

export interface JournalInfoOptions {
  data: string;
  json?: true;
}

export async function printJournalInfo({ data, json }: JournalInfoOptions): Promise<void> {
  await withJournal(data, (journal, origin) => {
    const streams = journal.info();
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ data, origin, partitions: journal.partitions, streams }, null, 2)}\n`
        : `${data}: ${origin} data, ${journal.partitions} partitions\n${table(streams)}`,
    );
  });
}

const NUMBER_COLUMNS = new Set([1, 2, 3]);

function table(streams: Record<StreamName, StreamInfo>): string {
  const rows = STREAM_NAMES.map((name) => {
    const { records, bytes, segments, oldestMs, newestMs } = streams[name];
    const megabytes = (bytes / 1e6).toFixed(1);
    return [name, `${records}`, megabytes, `${segments}`, time(oldestMs), time(newestMs)];
  });
  const all = [['stream', 'records', 'MB', 'segments', 'oldest', 'newest'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          NUMBER_COLUMNS.has(column)
            ? cell.padStart(widths[column]!)
            : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function time(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString();
}
