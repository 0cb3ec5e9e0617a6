import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import {
  EXPORT_FORMAT,
  EXPORT_VERSION,
  PREFIX_BYTES,
  encodeEnd,
  encodeExportRecord,
  headerLine,
  type ExportHeader,
  type ExportRecord,
} from './export-format.js';

export interface ExportTotals {
  records: number;
  bytes: number;
}

/** Writes a `*.vigil` file, record by record. A file that was not ended is refused by `readExport`. */
export interface ExportWriter {
  /** Resolves when there is room for the next one. Rejects when the target fails. */
  write(record: ExportRecord): Promise<void>;
  /** Writes the end mark and ends the target. */
  end(): Promise<ExportTotals>;
}

export interface NewExport extends Pick<ExportHeader, 'stream' | 'origin'> {
  metadata?: Record<string, unknown>;
}

export function createExportWriter(target: Writable, about: NewExport): ExportWriter {
  const { stream, origin, metadata = {} } = about;
  const header: ExportHeader = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    stream,
    origin,
    metadata,
  };
  const line = headerLine(header);
  const totals: ExportTotals = { records: 0, bytes: 0 };
  let checksum = crc32(line);
  let failure: Error | null = null;
  // Kept, so that a target that fails between two calls does not end the program.
  target.on('error', (error) => (failure ??= error));

  const put = async (bytes: Buffer): Promise<void> => {
    if (failure !== null) throw failure;
    totals.bytes += bytes.length;
    if (!target.write(bytes)) await once(target, 'drain');
  };
  const started = put(line);
  // Awaited with the first record; until then its failure is nobody's surprise.
  started.catch(() => {});

  return {
    async write(record) {
      if (totals.records === 0) await started;
      const bytes = encodeExportRecord(record, checksum);
      checksum = bytes.readUInt32LE(PREFIX_BYTES - 4);
      totals.records++;
      await put(bytes);
    },
    async end() {
      await started;
      await put(encodeEnd(totals.records, checksum));
      target.end();
      await finished(target);
      return totals;
    },
  };
}
