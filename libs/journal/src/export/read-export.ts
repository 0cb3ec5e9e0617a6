import type { Origin } from '@app/contracts';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import { STREAM_NAMES } from '../journal.js';
import { ExportFileError } from './export-file-error.js';
import {
  BODY_BYTES,
  END_BYTES,
  END_MARK,
  EXPORT_FORMAT,
  EXPORT_VERSION,
  HEADER_BYTES,
  PREFIX_BYTES,
  decodeExportRecord,
  type ExportHeader,
  type ExportRecord,
} from './export-format.js';

export interface ExportFile {
  header: ExportHeader;
  /**
   * The records in the file's order, read as they are asked for; may be iterated again. Throws `ExportFileError` at the
   * first record that is damaged or missing.
   */
  records: AsyncIterable<ExportRecord>;
}

/** Opens a `*.vigil` file. Throws `ExportFileError` when it is none, or is of another version. */
export async function readExport(path: string): Promise<ExportFile> {
  const source = new ByteSource(path);
  try {
    const { header } = await headerOf(path, source);
    return { header, records: { [Symbol.asyncIterator]: () => recordsOf(path) } };
  } finally {
    await source.close();
  }
}

async function headerOf(
  path: string,
  source: ByteSource,
): Promise<{ header: ExportHeader; line: Buffer }> {
  const line = await source.line(HEADER_BYTES);
  const parsed = line === null ? null : parseHeader(line.toString());
  if (line === null || parsed === null)
    throw new ExportFileError(path, 'no-export', 'not a Vigil export');
  if (parsed.header === null) {
    const what = `export format ${parsed.version}; this program reads format ${EXPORT_VERSION}`;
    throw new ExportFileError(path, 'other-version', what);
  }
  return { header: parsed.header, line };
}

/** Null when it is no header; `header` is null when it is another version's, which may look different. */
function parseHeader(line: string): { version: number; header: ExportHeader | null } | null {
  let parsed: Partial<Record<keyof ExportHeader, unknown>> | null;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (parsed?.format !== EXPORT_FORMAT || typeof parsed.version !== 'number') return null;
  const { format, version, metadata } = parsed;
  if (version !== EXPORT_VERSION) return { version, header: null };
  const stream = STREAM_NAMES.find((name) => name === parsed.stream);
  const origin = ORIGINS.find((name) => name === parsed.origin);
  if (stream === undefined || origin === undefined) return null;
  if (typeof metadata !== 'object' || metadata === null) return null;
  return { version, header: { format, version, stream, origin, metadata: { ...metadata } } };
}

const ORIGINS: readonly Origin[] = ['live', 'simulated', 'replay'];

async function* recordsOf(path: string): AsyncGenerator<ExportRecord, void, undefined> {
  const source = new ByteSource(path);
  let count = 0;
  const damaged = (what: string) =>
    new ExportFileError(path, 'corrupt', `record ${count + 1} is damaged: ${what}`);
  const take = async (bytes: number): Promise<Buffer> => {
    const taken = source.takeNow(bytes) ?? (await source.take(bytes));
    if (taken !== null) return taken;
    const what = `cut off after ${count} records; its end is missing`;
    throw new ExportFileError(path, 'truncated', what);
  };
  try {
    let checksum = crc32((await headerOf(path, source)).line);
    for (;;) {
      const prefix = await take(PREFIX_BYTES);
      const length = prefix.readUInt32LE(0);
      const expected = prefix.readUInt32LE(4);
      if (length !== END_MARK && length > BODY_BYTES) throw damaged(`a length of ${length} bytes`);
      const body = await take(length === END_MARK ? END_BYTES - PREFIX_BYTES : length);
      checksum = crc32(body, checksum);
      if (checksum !== expected) throw damaged('its checksum does not match');
      if (length === END_MARK) {
        if (body.readDoubleLE(0) !== count)
          throw damaged(`${count} records, not as many as promised`);
        if (!(await source.isAtEnd()))
          throw new ExportFileError(path, 'corrupt', 'there is something behind its end');
        return;
      }
      const record = decodeExportRecord(body);
      if (record === null) throw damaged('too short');
      count++;
      yield record;
    }
  } finally {
    await source.close();
  }
}

/** A file's bytes in pieces of any length. Holds one chunk, and one piece. */
class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk = Buffer.alloc(0);
  #at = 0;

  constructor(path: string) {
    this.#chunks = createReadStream(path, { highWaterMark: 256 * 1024 })[Symbol.asyncIterator]();
  }

  /** Without waiting; null when so much is not at hand. */
  takeNow(bytes: number): Buffer | null {
    if (this.#chunk.length - this.#at < bytes) return null;
    this.#at += bytes;
    return this.#chunk.subarray(this.#at - bytes, this.#at);
  }

  /** Null when the file ends before. */
  async take(bytes: number): Promise<Buffer | null> {
    while (this.#chunk.length - this.#at < bytes) if (!(await this.#more())) return null;
    return this.takeNow(bytes);
  }

  /** Up to and with the next line feed; null when there is none within so many bytes. */
  async line(maxBytes: number): Promise<Buffer | null> {
    for (;;) {
      const end = this.#chunk.indexOf(10, this.#at);
      if (end >= 0) return this.takeNow(end + 1 - this.#at);
      if (this.#chunk.length - this.#at > maxBytes || !(await this.#more())) return null;
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#at === this.#chunk.length && !(await this.#more());
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#chunk = Buffer.concat([this.#chunk.subarray(this.#at), next.value]);
    this.#at = 0;
    return true;
  }
}
