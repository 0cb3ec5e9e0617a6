import {
  type AlarmEvent,
  type Channel,
  type EventRecord,
  type Frame,
  type Origin,
  type VitalSigns,
  type WardRecord,
  encodeFrame,
  encodeInput,
  encodeRecord,
} from '@app/contracts';
import type { Journal } from '@app/journal';

export const ORIGIN: Origin = 'simulated';

export function deviceOf(patient: string): string {
  return `watch-${patient}`;
}

export function vitalOf(
  patient: string,
  window: number,
  change: Partial<VitalSigns> = {},
): VitalSigns {
  return {
    patient,
    origin: ORIGIN,
    device: deviceOf(patient),
    bootId: 'boot-1',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: 1_790_000_000_000 + (2 * window + 8) * 1000,
    latencyMs: 12,
    heartRate: {
      bpm: 70 + (window % 10),
      withheld: null,
      estimateBpm: 70 + (window % 10),
      lowBpm: 66,
      highBpm: 82,
      secondOpinionBpm: 71,
      model: { name: 'spectral', version: '1' },
    },
    quality: 0.9,
    activity: {
      class: 'rest',
      confidence: 0.8,
      cadencePerMinute: null,
      model: { name: 'activity', version: '1' },
    },
    battery: 0.5,
    worn: true,
    ...change,
  };
}

export function alarmOf(patient: string, id: string, change: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    type: 'alarm',
    id,
    alarmId: `${patient}-alarm`,
    patient,
    origin: ORIGIN,
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'high',
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs: 1_790_000_000_000,
    sinceMs: 1_790_000_000_000,
    text: 'HR 138 (131–144) above 120 for 15 s',
    valueBpm: 138,
    lowBpm: 131,
    highBpm: 144,
    limitBpm: 120,
    quality: 0.9,
    model: { name: 'spectral', version: '1' },
    acknowledgedBy: null,
    note: null,
    ...change,
  };
}

function constantAxis(axis: 'x' | 'y' | 'z', value: number): Channel {
  return { wavelengthNm: null, axis, samples: new Int32Array(25).fill(value) };
}

/** A second of 25 Hz light and acceleration: the light counts up by one, gravity lies on z. */
export function frameOf(device: string, second: number, bootId = 'boot-1'): Frame {
  return {
    device,
    bootId,
    sequence: second,
    monotonicUs: second * 1e6,
    wallClockMs: null,
    wallClockSource: 'unspecified',
    sentMonotonicUs: null,
    position: 'wrist',
    blocks: [
      {
        kind: 'ppg',
        sampleRateHz: 25,
        unit: 'counts',
        scale: 1,
        offset: 0,
        channels: [
          {
            wavelengthNm: 530,
            axis: null,
            samples: Int32Array.from({ length: 25 }, (_, i) => second * 25 + i),
          },
        ],
      },
      {
        kind: 'accelerometer',
        sampleRateHz: 25,
        unit: 'm/s2',
        scale: 0.00980665,
        offset: 0,
        channels: [constantAxis('x', 0), constantAxis('y', 0), constantAxis('z', 1000)],
      },
    ],
    battery: 0.5,
    worn: true,
    charging: null,
  };
}

export async function appendWard(
  journal: Journal,
  patient: string,
  ...records: WardRecord[]
): Promise<void> {
  await journal.append(
    'ward',
    records.map((record) => ({ key: patient, value: encodeRecord(record) })),
  );
}

export async function appendVital(journal: Journal, vital: VitalSigns): Promise<void> {
  await appendWard(journal, vital.patient, { type: 'vitals', vital });
}

export async function appendEvents(
  journal: Journal,
  patient: string,
  ...records: EventRecord[]
): Promise<void> {
  await journal.append(
    'events',
    records.map((record) => ({ key: patient, value: encodeRecord(record) })),
  );
}

export async function appendLink(
  journal: Journal,
  patient: string,
  connected: boolean,
  atMs: number,
): Promise<void> {
  const device = deviceOf(patient);
  await appendWard(journal, patient, {
    type: 'link',
    patient,
    origin: ORIGIN,
    device,
    connected,
    atMs,
    reason: 'test',
  });
}

export async function appendFrame(
  journal: Journal,
  patient: string,
  frame: Frame,
  lane: 'live' | 'backfill' = 'live',
): Promise<void> {
  const value = encodeInput({
    type: 'frame',
    patient,
    unassigned: null,
    origin: ORIGIN,
    lane,
    receivedMs: Date.now(),
    frame: encodeFrame(frame),
  });
  await journal.append('frames', [{ key: frame.device, value }]);
}

/** Progress of both parts in every partition. */
export async function appendProgress(journal: Journal, tickMs: number): Promise<void> {
  const partitions = Array.from({ length: journal.partitions }, (_, partition) => partition);
  await journal.append(
    'ward',
    partitions.map((partition) => ({
      key: `processor-${partition}`,
      value: encodeRecord({ type: 'progress', part: 'processor', partition, tickMs }),
    })),
  );
  await journal.append(
    'events',
    partitions.map((partition) => ({
      key: `alarms-${partition}`,
      value: encodeRecord({ type: 'progress', part: 'alarms', partition, tickMs }),
    })),
  );
}
