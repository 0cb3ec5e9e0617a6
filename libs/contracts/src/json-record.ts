import type { EventRecord } from './alarm-event.js';
import type { WardRecord } from './ward-record.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Records of `ward` and `events` are compact JSON in the order in which their fields were set. */
export function encodeRecord(record: WardRecord | EventRecord): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

/** Throws on bytes that `encodeRecord` did not write: the journal's checksum has vouched for them. */
export function decodeWardRecord(bytes: Uint8Array): WardRecord {
  return JSON.parse(decoder.decode(bytes)) as WardRecord;
}

export function decodeEventRecord(bytes: Uint8Array): EventRecord {
  return JSON.parse(decoder.decode(bytes)) as EventRecord;
}
