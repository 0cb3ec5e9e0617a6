import type { HeartRate, VitalSigns } from '@app/contracts';

/** The accepted error of a heart rate, as in the standards for heart-rate meters: the greater of 5 BPM and 10 %. */
export const TOLERANCE = { bpm: 5, share: 0.1 } as const;

/** What came out of the pipeline for one window of the reference. */
export interface ScoredWindow {
  window: number;
  referenceBpm: number;
  /** Null: the pipeline gave no result for this window at all. */
  result: ScoredResult | null;
  /** What a result 8 s later said of this window; null when none did. */
  laggedBpm: number | null;
}

export interface ScoredResult extends Omit<HeartRate, 'model' | 'lagged'> {
  lane: VitalSigns['lane'];
  quality: number;
  activity: VitalSigns['activity']['class'];
  model: string;
}

/** Of one recording, or of several together. All shares are of *all* windows of the reference. */
export interface Score {
  /** Windows of the reference. */
  windows: number;
  /** Windows without a result, and windows whose result has no estimate. Both count as outside tolerance and interval. */
  withoutResult: number;
  withoutEstimate: number;
  /** Mean absolute error of the estimate, over every window that has one, also where no number was shown. */
  maeBpm: number | null;
  /** The same with 8 s of delay; the last windows, which nothing follows, count with their estimate. */
  laggedMaeBpm: number | null;
  /** Estimates within max(5 BPM, 10 %). */
  withinTolerance: number;
  /** References inside the 90 % interval. */
  intervalCoverage: number;
  /** Windows whose number was shown. */
  answered: number;
  answeredMaeBpm: number | null;
  /** Shown numbers within max(5 BPM, 10 %), as a share of the shown ones. */
  answeredWithinTolerance: number | null;
}

/** Puts results beside the reference. Of two results of one window the live one counts. */
export function scoredWindows(
  reference: readonly { window: number; bpm: number }[],
  results: readonly VitalSigns[],
): ScoredWindow[] {
  const byWindow = new Map<number, VitalSigns>();
  for (const result of results) {
    if (result.lane === 'live' || !byWindow.has(result.window)) byWindow.set(result.window, result);
  }
  const lagged = new Map<number, number>();
  for (const { heartRate } of byWindow.values()) {
    if (heartRate.lagged) lagged.set(heartRate.lagged.window, heartRate.lagged.bpm);
  }
  return reference.map(({ window, bpm }) => {
    const vital = byWindow.get(window);
    return {
      window,
      referenceBpm: bpm,
      result: vital === undefined ? null : resultOf(vital),
      laggedBpm: lagged.get(window) ?? null,
    };
  });
}

function resultOf({ heartRate, lane, quality, activity }: VitalSigns): ScoredResult {
  const { model, lagged: _, ...numbers } = heartRate;
  return {
    ...numbers,
    lane,
    quality,
    activity: activity.class,
    model: `${model.name} ${model.version}`,
  };
}

export function scoreOf(windows: readonly ScoredWindow[]): Score {
  const errors: number[] = [];
  const answeredErrors: number[] = [];
  const laggedErrors: number[] = [];
  let [withoutResult, withoutEstimate, within, covered, answeredWithin] = [0, 0, 0, 0, 0];
  for (const { referenceBpm, result, laggedBpm } of windows) {
    if (result === null) {
      withoutResult++;
      continue;
    }
    const { bpm, estimateBpm, lowBpm, highBpm } = result;
    if (estimateBpm === null) {
      withoutEstimate++;
    } else {
      errors.push(Math.abs(estimateBpm - referenceBpm));
      laggedErrors.push(Math.abs((laggedBpm ?? estimateBpm) - referenceBpm));
      if (isWithin(estimateBpm, referenceBpm)) within++;
    }
    if (lowBpm !== null && highBpm !== null && lowBpm <= referenceBpm && referenceBpm <= highBpm) {
      covered++;
    }
    if (bpm !== null) {
      answeredErrors.push(Math.abs(bpm - referenceBpm));
      if (isWithin(bpm, referenceBpm)) answeredWithin++;
    }
  }
  const share = (count: number) => (windows.length === 0 ? 0 : count / windows.length);
  return {
    windows: windows.length,
    withoutResult,
    withoutEstimate,
    maeBpm: mean(errors),
    laggedMaeBpm: mean(laggedErrors),
    withinTolerance: share(within),
    intervalCoverage: share(covered),
    answered: share(answeredErrors.length),
    answeredMaeBpm: mean(answeredErrors),
    answeredWithinTolerance:
      answeredErrors.length === 0 ? null : answeredWithin / answeredErrors.length,
  };
}

function isWithin(bpm: number, referenceBpm: number): boolean {
  return Math.abs(bpm - referenceBpm) <= Math.max(TOLERANCE.bpm, TOLERANCE.share * referenceBpm);
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
