import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { segmentFile, segmentNumber } from './segment-format.js';

/** Files of one segment; SQLite makes the last two and removes them when the last connection closes. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

/**
 * Numbers of a stream's segments, oldest first, without a hole: a file that came back before a hole (the disk lost power
 * between two removals) is not part of the stream any more.
 */
export function segmentNumbers(folder: string, stream: string): number[] {
  const numbers = readdirSync(folder)
    .map((file) => segmentNumber(stream, file))
    .filter((number) => number !== null)
    .toSorted((a, b) => a - b);
  let first = numbers.length - 1;
  while (first > 0 && numbers[first - 1] === numbers[first]! - 1) first--;
  return numbers.slice(Math.max(0, first));
}

/** Bytes on disk, the write-ahead log included; 0 when the segment is gone. */
export function segmentBytes(folder: string, stream: string, number: number): number {
  const path = join(folder, segmentFile(stream, number));
  let bytes = 0;
  for (const suffix of ['', '-wal']) {
    bytes += statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** Removes a segment; processes that have it open keep reading what they opened. */
export function removeSegment(folder: string, stream: string, number: number): void {
  const path = join(folder, segmentFile(stream, number));
  for (const suffix of SUFFIXES) rmSync(path + suffix, { force: true });
}

/** Removes what removals that were cut short have left of segments before `first`. */
export function removeLeftovers(folder: string, stream: string, first: number): void {
  for (const file of readdirSync(folder)) {
    const number = segmentNumber(stream, file.replace(/-(wal|shm)$/, ''));
    if (number !== null && number < first) rmSync(join(folder, file), { force: true });
  }
}
