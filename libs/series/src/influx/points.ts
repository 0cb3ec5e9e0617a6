import type { AlarmEvent, VitalSigns } from '@app/contracts';
import { FieldType, type IPoint, type ISchemaOptions } from 'influx';

export const VITALS = 'vitals';
export const ALARMS = 'alarms';

/**
 * Measurements. Tags are few-valued and pseudonymous; boot, window and ids are fields (a tag per boot or event would
 * grow the index for ever). `record` is the result as it was; the fields beside it are what queries and boards average.
 */
export const SCHEMA: ISchemaOptions[] = [
  {
    measurement: VITALS,
    tags: ['patient', 'device', 'lane', 'origin'],
    fields: {
      bpm: FieldType.FLOAT,
      low: FieldType.FLOAT,
      high: FieldType.FLOAT,
      estimate: FieldType.FLOAT,
      quality: FieldType.FLOAT,
      latency: FieldType.FLOAT,
      battery: FieldType.FLOAT,
      activity: FieldType.STRING,
      withheld: FieldType.STRING,
      boot: FieldType.STRING,
      window: FieldType.INTEGER,
      record: FieldType.STRING,
    },
  },
  {
    measurement: ALARMS,
    tags: ['patient', 'origin', 'rule', 'priority'],
    fields: {
      id: FieldType.STRING,
      signal: FieldType.STRING,
      change: FieldType.STRING,
      text: FieldType.STRING,
      record: FieldType.STRING,
    },
  },
];

/**
 * A point is identified by its tags and its time, and the last write wins: so the time must be a function of the result.
 * The window's end in ms gives the time, its number the nanoseconds below.
 */
export function vitalPoint(vital: VitalSigns): IPoint {
  const { bpm, lowBpm, highBpm, estimateBpm, withheld } = vital.heartRate;
  const isShown = bpm !== null;
  return {
    measurement: VITALS,
    tags: { patient: vital.patient, device: vital.device, lane: vital.lane, origin: vital.origin },
    fields: present({
      bpm,
      low: isShown ? lowBpm : null,
      high: isShown ? highBpm : null,
      estimate: estimateBpm,
      quality: vital.quality,
      latency: vital.latencyMs,
      battery: vital.battery,
      activity: vital.activity.class,
      withheld,
      boot: vital.bootId,
      window: vital.window,
      record: JSON.stringify(vital),
    }),
    timestamp: nanoseconds(vital.endMs, vital.window),
  };
}

export function alarmPoint(event: AlarmEvent): IPoint {
  return {
    measurement: ALARMS,
    tags: {
      patient: event.patient,
      origin: event.origin,
      rule: event.rule,
      priority: event.priority,
    },
    fields: {
      id: event.id,
      signal: event.signal,
      change: event.change,
      text: event.text,
      record: JSON.stringify(event),
    },
    timestamp: nanoseconds(event.atMs, hash(event.id)),
  };
}

function nanoseconds(ms: number, below: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n + BigInt(below % 1_000_000));
}

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) >>> 0;
  return value;
}

function present<T>(fields: Record<string, T | null>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, T] => entry[1] !== null),
  );
}
