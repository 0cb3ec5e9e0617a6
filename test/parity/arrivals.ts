import { type Frame, type InputRecord, type Lane, encodeFrame, encodeInput } from '@app/contracts';
import type { NewRecord } from '@app/journal';
import { seededRandom } from './seeded-wearable.js';

/** One frame's way to the station. */
export interface Arrival {
  atMs: number;
  lane: Lane;
  frame: Frame;
}

/** Station's clock when every device boots, ms since 1970. */
export const BASE_MS = 1_700_000_000_000;

function endMs({ monotonicUs, blocks }: Frame): number {
  const seconds = Math.max(...blocks.map((b) => b.channels[0]!.samples.length / b.sampleRateHz));
  return monotonicUs / 1000 + seconds * 1000;
}

/** Every frame arrives `delayMs` after its last sample, as worn now. */
export function atSpeedOne(frames: readonly Frame[], delayMs = 40): Arrival[] {
  return frames.map((frame) => ({ atMs: BASE_MS + endMs(frame) + delayMs, lane: 'live', frame }));
}

/** The order of an arrival list, all at once: half a millisecond apart. */
export function atMaxSpeed(arrivals: readonly Arrival[]): Arrival[] {
  return byTime(arrivals).map((arrival, i) => ({ ...arrival, atMs: BASE_MS + i / 2 }));
}

/** Delays every frame by up to `withinMs` more and sends a share of them twice. */
export function disturbed(
  arrivals: readonly Arrival[],
  seed: number,
  { withinMs = 3_999, duplicates = 0.1 } = {},
): Arrival[] {
  const random = seededRandom(seed);
  return arrivals.flatMap((arrival) => {
    const moved = { ...arrival, atMs: arrival.atMs + random() * withinMs };
    if (random() >= duplicates) return [moved];
    return [moved, { ...arrival, atMs: arrival.atMs + random() * withinMs }];
  });
}

function byTime(arrivals: readonly Arrival[]): Arrival[] {
  return arrivals.toSorted((a, b) => a.atMs - b.atMs);
}

export interface RecordsOptions {
  partitions: number;
  /** Ticks after the last arrival, so that what still waits goes on. */
  lastTicks?: number;
  patientOf?: (device: string) => string;
}

/** Records of `frames` as the broker would have written them: the frames by arrival, and a tick per second. */
export function inputRecords(arrivals: readonly Arrival[], options: RecordsOptions): NewRecord[] {
  const { partitions, lastTicks = 12, patientOf = (device) => `patient-${device}` } = options;
  const records: NewRecord[] = [];
  const ordered = byTime(arrivals);
  let nextTickMs = BASE_MS;
  const tick = (atMs: number): number => {
    for (let partition = 0; partition < partitions; partition++) {
      const value = encodeInput({ type: 'tick', atMs, partition });
      records.push({ key: 'tick', partition, value });
    }
    return atMs + 1000;
  };
  for (const { atMs, lane, frame } of ordered) {
    while (nextTickMs <= atMs) nextTickMs = tick(nextTickMs);
    const input: InputRecord = {
      type: 'frame',
      patient: patientOf(frame.device),
      unassigned: null,
      origin: 'simulated',
      lane,
      receivedMs: atMs,
      frame: encodeFrame(frame),
    };
    records.push({ key: frame.device, value: encodeInput(input) });
  }
  for (let i = 0; i < lastTicks; i++) nextTickMs = tick(nextTickMs);
  return records;
}
