import { STREAM_NAMES, type StreamInfo, type StreamName } from '@app/journal';
import { table } from '../output/table.js';
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
        : `${data}: ${origin} data, ${journal.partitions} partitions\n${table(rowsOf(streams), NUMBER_COLUMNS)}`,
    );
  });
}

const NUMBER_COLUMNS = new Set([1, 2, 3]);

function rowsOf(streams: Record<StreamName, StreamInfo>): string[][] {
  const rows = STREAM_NAMES.map((name) => {
    const { records, bytes, segments, oldestMs, newestMs } = streams[name];
    const megabytes = (bytes / 1e6).toFixed(1);
    return [name, `${records}`, megabytes, `${segments}`, time(oldestMs), time(newestMs)];
  });
  return [['stream', 'records', 'MB', 'segments', 'oldest', 'newest'], ...rows];
}

function time(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString();
}
