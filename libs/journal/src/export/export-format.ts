import type { Origin } from '@app/contracts';
import { crc32 } from 'node:zlib';
import type { StreamName } from '../journal.js';

/**
 * A `*.vigil` file: records of one stream, taken from a journal or converted from a public recording.
 *
 *     header   one line of JSON (ExportHeader), UTF-8, ended by \n
 *     record*  u32 length of the body, u32 checksum, body:
 *              u32 partition, f64 offset, f64 append time (ms since 1970), u16 length of the key, key (UTF-8), value
 *     end      u32 0xFFFFFFFF, u32 checksum, f64 number of records
 *
 * All numbers are little-endian. A checksum is the CRC-32 of the body (of the count, at the end), begun with the checksum
 * before it; the first one with the CRC-32 of the header line. So a record that changed, is missing or moved is noticed, and
 * a file without its end is known to be cut off.
 */
export const EXPORT_FORMAT = 'vigil-export';
export const EXPORT_VERSION = 1;

export interface ExportHeader {
  format: typeof EXPORT_FORMAT;
  version: typeof EXPORT_VERSION;
  stream: StreamName;
  /** Simulated and replayed patients stay marked outside the journal too. */
  origin: Origin;
  /** Free: where the records come from. */
  metadata: Record<string, unknown>;
}

export interface ExportRecord {
  partition: number;
  offset: number;
  key: string;
  /** ms since 1970. */
  appendMs: number;
  value: Uint8Array;
}

/** Bytes before a record's body, and the mark that stands in place of a length at the end. */
export const PREFIX_BYTES = 8;
export const END_MARK = 0xffff_ffff;
export const END_BYTES = PREFIX_BYTES + 8;

/** Longest body and header that a reader believes; a longer one is damage. */
export const BODY_BYTES = 64 * 1024 * 1024;
export const HEADER_BYTES = 64 * 1024;

const FIXED_BYTES = 4 + 8 + 8 + 2;

export function headerLine(header: ExportHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`);
}

/** Prefix and body of one record. */
export function encodeExportRecord(record: ExportRecord, checksumBefore: number): Buffer {
  const keyBytes = Buffer.byteLength(record.key);
  const bytes = Buffer.allocUnsafe(PREFIX_BYTES + FIXED_BYTES + keyBytes + record.value.length);
  const body = bytes.subarray(PREFIX_BYTES);
  body.writeUInt32LE(record.partition, 0);
  body.writeDoubleLE(record.offset, 4);
  body.writeDoubleLE(record.appendMs, 12);
  body.writeUInt16LE(keyBytes, 20);
  body.write(record.key, FIXED_BYTES);
  body.set(record.value, FIXED_BYTES + keyBytes);
  bytes.writeUInt32LE(body.length, 0);
  bytes.writeUInt32LE(crc32(body, checksumBefore), 4);
  return bytes;
}

/** The record of a body whose checksum was right; null when it is too short to be one. The value is a copy. */
export function decodeExportRecord(body: Buffer): ExportRecord | null {
  if (body.length < FIXED_BYTES) return null;
  const keyEnd = FIXED_BYTES + body.readUInt16LE(20);
  if (body.length < keyEnd) return null;
  return {
    partition: body.readUInt32LE(0),
    offset: body.readDoubleLE(4),
    appendMs: body.readDoubleLE(12),
    key: body.toString('utf8', FIXED_BYTES, keyEnd),
    value: new Uint8Array(body.subarray(keyEnd)),
  };
}

export function encodeEnd(records: number, checksumBefore: number): Buffer {
  const bytes = Buffer.allocUnsafe(END_BYTES);
  bytes.writeUInt32LE(END_MARK, 0);
  bytes.writeDoubleLE(records, PREFIX_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(PREFIX_BYTES), checksumBefore), 4);
  return bytes;
}
