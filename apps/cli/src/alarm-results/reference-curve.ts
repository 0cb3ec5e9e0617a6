import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Reference } from '../convert/public-recording.js';

/** The heart rate by the chest ECG, once a second, on the clock of the device's samples. */
export interface ReferenceCurve {
  /** Of the first value, s since the first sample. */
  fromS: number;
  /** Mean over the 8 s around each second. */
  bpm: readonly number[];
}

/** Where a published label stands on the reference's own clock. */
export interface LabelClock {
  /** Its place, s after its window's start. */
  atS: number;
  /** Length of the mean that it already is, s. */
  spanS: number;
  /** How far that clock runs behind the device's, s. */
  lagS: number;
}

const WINDOW_S = 8;
const HOP_S = 2;
/** What is published for a window, by most. */
const MEAN_OF_WINDOW = { atS: WINDOW_S / 2, spanS: WINDOW_S };
/** The labels of BAMI's first device are nearly instantaneous (training/heart_rate/datasets/bami.py). */
const INSTANT = { atS: 1, spanS: 0 };
const FIRST_DEVICE = /^BAMI1_([1-9]|1\d|2[0-4])$/;

const lagsSchema = z.strictObject({
  madeBy: z.string(),
  lagSeconds: z.record(z.string(), z.number()),
});
export type Lags = ReadonlyMap<string, number>;

/** Of BAMI, by name of the recording: `python3 -m training.heart_rate.lags` writes the file. */
export function readLags(path: string): Lags {
  return new Map(
    Object.entries(lagsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).lagSeconds),
  );
}

/** How the labels of a recording are to be read. Throws when its lag is not known. */
export function labelClockOf(device: string, lags: Lags): LabelClock {
  const name = device.replace(/^(spc|bami)-/, '');
  if (device.startsWith('spc-')) return { ...MEAN_OF_WINDOW, lagS: 0 };
  const lagS = lags.get(name);
  if (lagS === undefined) throw new Error(`no lag is known of ${name}: training.heart_rate.lags`);
  return { ...(FIRST_DEVICE.test(name) ? INSTANT : MEAN_OF_WINDOW), lagS };
}

/**
 * The labels as one curve, straight between them, on the device's clock: only where they reach and the device recorded.
 * Instantaneous ones become means over 8 s, which is what the others are and what the program shows.
 */
export function referenceCurve(
  { windows }: Reference,
  { atS, spanS, lagS }: LabelClock,
  recordedS: number,
): ReferenceCurve {
  const points = windows.map(({ window, bpm }) => ({ s: HOP_S * window + atS + lagS, bpm }));
  const fromS = Math.max(0, Math.ceil(points[0]?.s ?? 0));
  const toS = Math.min(recordedS, points.at(-1)?.s ?? -1);
  const half = (WINDOW_S - spanS) / 2;
  const bpm: number[] = [];
  for (let s = fromS; s <= toS; s++) {
    const around = Array.from({ length: 2 * half + 1 }, (_, i) => between(points, s - half + i));
    bpm.push(around.reduce((sum, value) => sum + value, 0) / around.length);
  }
  return { fromS, bpm };
}

/** On the line through the points; constant beyond its ends. */
function between(points: readonly { s: number; bpm: number }[], s: number): number {
  const next = points.findIndex((point) => point.s >= s);
  if (next < 0) return points.at(-1)!.bpm;
  const [left, right] = [points[Math.max(0, next - 1)]!, points[next]!];
  if (left === right || right.s === left.s) return right.bpm;
  return left.bpm + ((s - left.s) / (right.s - left.s)) * (right.bpm - left.bpm);
}

/** At a second; the nearest one where the curve does not reach. */
export function referenceAt({ fromS, bpm }: ReferenceCurve, s: number): number {
  return bpm[Math.min(Math.max(s - fromS, 0), bpm.length - 1)]!;
}
