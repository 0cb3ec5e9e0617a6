import type { OnnxModel } from '@app/inference';
import type { PublicRecording, RecordingFile } from '../convert/public-recording.js';
import { pulseLines } from './pulse-line.js';
import { raisedAlarms } from './raised-alarms.js';
import { labelClockOf, type Lags, referenceAt, referenceCurve } from './reference-curve.js';
import { type Episode, episodesOf } from './reference-episodes.js';
import { type AlarmScore, scoreAlarms } from './score-alarms.js';
import { servedVitals } from './served-vitals.js';

/** Upper limits that every recording is tried with, BPM. */
export const LIMITS_BPM = [100, 120, 140, 160] as const;

export interface LimitScore extends AlarmScore {
  limitBpm: number;
  /** What the chain said during each episode, in the order of `episodes`. */
  seen: Seen[];
}

/** For looking into a miss. */
export interface Seen {
  /** Median of estimate less reference, BPM. */
  errorBpm: number | null;
  /** Share of windows with a number. */
  numbers: number;
  /** Whether "check patient" was calling. */
  check: boolean;
}

export interface ScoredRecording {
  device: string;
  recordedS: number;
  movingS: number;
  /** One for each of `LIMITS_BPM`. */
  limits: LimitScore[];
}

/** One recording through the served chain and the alarm machine, once for each limit. */
export async function scoreRecording(
  file: RecordingFile,
  model: OnnxModel,
  lags: Lags,
): Promise<ScoredRecording> {
  const recording = file.read();
  const { device, blocks, reference } = recording;
  const recordedS = Math.floor(secondsOf(recording));
  const curve = referenceCurve(reference, labelClockOf(device, lags), recordedS);
  const { vitals, movingS } = await servedVitals({ device, blocks }, model);
  const light = blocks.find(({ kind }) => kind === 'ppg');
  if (light === undefined) throw new Error(`${device} holds no light`);
  const visible = pulseLines(light, curve);
  const limits = LIMITS_BPM.map((limitBpm): LimitScore => {
    const raised = raisedAlarms(device, vitals, limitBpm, recordedS);
    const score = scoreAlarms(episodesOf(curve, limitBpm), raised.high, curve, limitBpm, visible);
    const seen = score.episodes.map((episode): Seen => {
      const inside = vitals.filter(({ endMs }) => isInside(endMs / 1000, episode));
      const errors = inside.flatMap(({ endMs, heartRate: { estimateBpm } }) =>
        estimateBpm === null ? [] : [estimateBpm - referenceAt(curve, endMs / 1000 - 4)],
      );
      return {
        errorBpm: errors.toSorted((a, b) => a - b)[errors.length >> 1] ?? null,
        numbers: inside.filter(({ heartRate }) => heartRate.bpm !== null).length / inside.length,
        check: raised.check.some(
          ({ raisedS, endS }) => raisedS <= episode.endS && endS >= episode.onsetS,
        ),
      };
    });
    return { limitBpm, ...score, seen };
  });
  return { device, recordedS, movingS, limits };
}

const isInside = (s: number, { onsetS, endS }: Episode) => s >= onsetS && s <= endS;

function secondsOf({ blocks }: PublicRecording): number {
  return Math.max(
    ...blocks.map(({ channels, sampleRateHz }) => channels[0]!.samples.length / sampleRateHz),
  );
}
