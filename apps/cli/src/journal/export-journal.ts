import { exportRange, type StreamName } from '@app/journal';
import { SingleBar } from 'cli-progress';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { withJournal } from './with-journal.js';

export interface ExportJournalOptions {
  data: string;
  out: string;
  stream: StreamName;
  /** Append times, ms since 1970. */
  from?: number;
  to?: number;
  device?: string[];
  json?: true;
}

/** Writes a range of the journal to a new file, which appears under its name only when it is complete. */
export async function exportJournal(options: ExportJournalOptions): Promise<void> {
  const { data, out, stream, from, to, device, json } = options;
  if (existsSync(out)) throw new Error(`--out ${out} is there already: choose another name`);
  const unfinished = `${out}.unfinished`;
  const bar = new SingleBar({
    format: 'exporting {bar} {percentage} %  {value}/{total} records',
    stream: process.stderr,
    clearOnComplete: true,
  });
  try {
    const written = await withJournal(data, async (journal, origin) => {
      if (process.stderr.isTTY) bar.start(1, 0);
      const range = {
        stream,
        origin,
        fromMs: from ?? 0,
        toMs: to ?? Number.POSITIVE_INFINITY,
        ...(device && { keys: new Set(device) }),
        metadata: { exportedAt: new Date().toISOString(), partitions: journal.partitions },
        onProgress: (done: number, total: number) => {
          bar.setTotal(total);
          bar.update(done);
        },
      };
      return exportRange(journal, range, createWriteStream(unfinished, { flush: true }));
    });
    bar.stop();
    if (written.records === 0)
      throw new Error(`stream ${stream} of ${data} holds no such record: nothing was written`);
    await rename(unfinished, out);
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ out, stream, ...written }, null, 2)}\n`
        : `${out}: ${written.records} records, ${(written.bytes / 1e6).toFixed(1)} MB${missed(written.missing)}\n`,
    );
  } finally {
    bar.stop();
    await rm(unfinished, { force: true });
  }
}

function missed(records: number): string {
  return records === 0 ? '' : `; ${records} records were dropped by retention meanwhile`;
}
