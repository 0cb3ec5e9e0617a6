import { crc32 } from 'node:zlib';

/**
 * A stream is a row of segment files, each a SQLite database: `frames-00000001.sqlite`, … Records lie in the order of
 * commit (`seq`, from 1, without a gap), so that a consumer of any partitions reads one range; an index finds an offset.
 * A segment is self-describing: `edge` holds where each partition begins and, once sealed, where the next segment begins.
 * There is no catalogue that could disagree with the files.
 */
export const SEGMENT_VERSION = 1;

/** `PRAGMA application_id`: "VIGJ". */
export const APPLICATION_ID = 0x5649474a;

export const SEGMENT_SCHEMA = `
  CREATE TABLE segment (
    stream TEXT NOT NULL, number INTEGER NOT NULL, partitions INTEGER NOT NULL,
    created_ms INTEGER NOT NULL, sealed_ms INTEGER
  ) STRICT;
  CREATE TABLE edge (
    partition INTEGER PRIMARY KEY,
    first_offset INTEGER NOT NULL, first_ms INTEGER NOT NULL,
    end_offset INTEGER, end_ms INTEGER
  ) STRICT;
  CREATE TABLE record (
    seq INTEGER PRIMARY KEY, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
    append_ms INTEGER NOT NULL, checksum INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX record_position ON record (partition, offset);
`;

/** Where a partition begins in a segment (or would go on after it). */
export interface Edge {
  offset: number;
  /** The append time that no later record falls below, ms. */
  appendMs: number;
}

export interface RecordFields {
  partition: number;
  offset: number;
  appendMs: number;
  key: string;
  value: Uint8Array;
}

/** CRC-32 over all that makes a record, so that a row in the wrong place is found as well as a flipped bit. */
export function recordChecksum(record: RecordFields): number {
  const head = `${record.partition}:${record.offset}:${record.appendMs}:${record.key}`;
  return crc32(record.value, crc32(head));
}

export function segmentFile(stream: string, number: number): string {
  return `${stream}-${String(number).padStart(8, '0')}.sqlite`;
}

/** The number in a segment file's name, or null for any other file. */
export function segmentNumber(stream: string, file: string): number | null {
  const match = /^([a-z]+)-(\d{8,})\.sqlite$/.exec(file);
  return match?.[1] === stream ? Number(match[2]) : null;
}
