import type { EventRecord } from './alarm-event.js';
import type { WardRecord } from './ward-record.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

type Fields = Readonly<Record<string, 'string' | 'number' | 'object'>>;

/** By type, the fields that no reader can do without: the rest may be of another version. */
const WARD_FIELDS: Record<WardRecord['type'], Fields> = {
  vitals: { vital: 'object' },
  link: { patient: 'string', device: 'string', atMs: 'number' },
  acknowledge: { patient: 'string', alarmId: 'string', atMs: 'number' },
  stray: { device: 'string', frames: 'number', atMs: 'number' },
  admission: { patient: 'string', change: 'string', atMs: 'number' },
  limits: { patient: 'string', atMs: 'number' },
  'audio-pause': { patient: 'string', untilMs: 'number', atMs: 'number' },
  health: { part: 'string', atMs: 'number' },
  'ward-status': { patient: 'string', silent: 'object', atMs: 'number' },
  progress: { partition: 'number', tickMs: 'number' },
  tick: { atMs: 'number' },
};
const EVENT_FIELDS: Record<EventRecord['type'], Fields> = {
  alarm: { id: 'string', alarmId: 'string', patient: 'string', atMs: 'number', sinceMs: 'number' },
  audio: { id: 'string', patient: 'string', audio: 'string', atMs: 'number' },
  limit: { id: 'string', patient: 'string', atMs: 'number' },
  returned: { id: 'string', patient: 'string', atMs: 'number' },
  canary: { id: 'string', windowEndMs: 'number', atMs: 'number' },
  progress: { partition: 'number', tickMs: 'number' },
};
const VITAL_FIELDS: Fields = {
  patient: 'string',
  device: 'string',
  bootId: 'string',
  window: 'number',
  lane: 'string',
  endMs: 'number',
  heartRate: 'object',
  activity: 'object',
};

/** Records of `ward` and `events` are compact JSON in the order in which their fields were set. */
export function encodeRecord(record: WardRecord | EventRecord): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

/** @throws on what `encodeRecord` did not write, or wrote for a version with other records. */
export function decodeWardRecord(bytes: Uint8Array): WardRecord {
  const record = parse(bytes, WARD_FIELDS) as unknown as WardRecord;
  if (record.type === 'vitals') demand(record.vital as unknown as Json, VITAL_FIELDS);
  return record;
}

/** @throws as `decodeWardRecord`. */
export function decodeEventRecord(bytes: Uint8Array): EventRecord {
  return parse(bytes, EVENT_FIELDS) as unknown as EventRecord;
}

type Json = Record<string, unknown>;

function parse(bytes: Uint8Array, fieldsOf: Readonly<Record<string, Fields>>): Json {
  const value: unknown = JSON.parse(decoder.decode(bytes));
  if (typeof value !== 'object' || value === null) throw new Error('it is no JSON object');
  const record = value as Json;
  const type = String(record['type']);
  const fields = Object.hasOwn(fieldsOf, type) ? fieldsOf[type] : undefined;
  if (fields === undefined) throw new Error(`there is no type ${type}`);
  demand(record, fields);
  return record;
}

function demand(record: Json, fields: Fields): void {
  for (const [name, type] of Object.entries(fields)) {
    const value = record[name];
    if (value === null || typeof value !== type) throw new Error(`it has no ${name}`);
  }
}
