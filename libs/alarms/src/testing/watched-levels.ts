import type { HeartRate } from '@app/contracts';
import { LIMITS } from './ward.js';

/** What is promised of each limit, in numbers of its own: its side, and how long the whole interval may be beyond it, ms. */
export const LEVELS = {
  'heart-rate-high': { level: LIMITS.heartRateHighBpm as number, side: 1, certainMs: 10_000 },
  'heart-rate-low': { level: LIMITS.heartRateLowBpm as number, side: -1, certainMs: 10_000 },
  'heart-rate-extreme-high': {
    level: LIMITS.heartRateExtremeHighBpm as number,
    side: 1,
    certainMs: 4_000,
  },
  'heart-rate-extreme-low': {
    level: LIMITS.heartRateExtremeLowBpm as number,
    side: -1,
    certainMs: 4_000,
  },
} as const;

type Level = keyof typeof LEVELS;
export const LEVEL_NAMES = Object.keys(LEVELS) as Level[];
/** The estimate may be beyond a limit for so long, however wide its interval, ms. */
export const ESTIMATE_MS = 15_000;
/** Who was not beyond a limit for longer begins anew, ms. */
const BEGINS_ANEW_MS = 10_000;
/** So far inside a limit an alarm is cleared, BPM, after so long, ms. */
const INSIDE_BPM = 3;
export const CLEAR_MS = 10_000;

export interface LevelSeen {
  /** Since when every estimate has been beyond the limit, and every whole interval; null when one was not, or is missing. */
  beyondSinceMs: number | null;
  certainSinceMs: number | null;
  /** Since when the numbers are inside the limit, from one on that was well inside; null when not. */
  insideSinceMs: number | null;
  /** Since when no number was well inside, from an estimate on that was beyond; since when none was not wholly beyond. */
  causeSinceMs: number | null;
  certainCauseSinceMs: number | null;
  /** Whether the newest estimate was beyond, and when the last one that was still counted. */
  isBeyond: boolean;
  lastBeyondMs: number;
}

export type LevelsSeen = Record<Level, LevelSeen>;

const NOTHING = { beyondSinceMs: null, certainSinceMs: null, insideSinceMs: null };

/** Time passes: what was not beyond for too long is no cause any more. `isFresh`: the newest result still counts. */
export function ageLevels(levels: LevelsSeen, isFresh: boolean, clockMs: number): void {
  for (const seen of Object.values(levels)) {
    if (seen.isBeyond && isFresh) seen.lastBeyondMs = clockMs;
    if (clockMs - seen.lastBeyondMs <= BEGINS_ANEW_MS) continue;
    seen.causeSinceMs = null;
    seen.certainCauseSinceMs = null;
  }
}

/** What was seen before says nothing of now; a cause for an alarm it may be, for a while. */
export function forgetLevels(levels: LevelsSeen): void {
  for (const name of LEVEL_NAMES) Object.assign(levels[name], NOTHING);
}

export function newLevels(): LevelsSeen {
  const none = {
    ...NOTHING,
    causeSinceMs: null,
    certainCauseSinceMs: null,
    isBeyond: false,
    lastBeyondMs: 0,
  };
  return {
    'heart-rate-high': { ...none },
    'heart-rate-low': { ...none },
    'heart-rate-extreme-high': { ...none },
    'heart-rate-extreme-low': { ...none },
  };
}

/** Takes in what a result says of one limit. */
export function seeLevel(name: Level, seen: LevelSeen, rate: HeartRate, clockMs: number): void {
  const { level, side } = LEVELS[name];
  const isBeyond = (value: number | null) => value !== null && side * (value - level) > 0;
  const { bpm } = rate;
  if (bpm === null || isBeyond(bpm)) seen.insideSinceMs = null;
  if (bpm !== null && side * (level - bpm) >= INSIDE_BPM) seen.insideSinceMs ??= clockMs;
  const speaks = bpm !== null || rate.withheld === 'uncertain';
  seen.beyondSinceMs =
    speaks && isBeyond(rate.estimateBpm) ? (seen.beyondSinceMs ?? clockMs) : null;
  const isCertain = isBeyond(bpm) && isBeyond(side > 0 ? rate.lowBpm : rate.highBpm);
  seen.certainSinceMs = isCertain ? (seen.certainSinceMs ?? clockMs) : null;
  if (seen.insideSinceMs === clockMs) seen.causeSinceMs = null;
  seen.isBeyond = isBeyond(rate.estimateBpm);
  if (seen.isBeyond) {
    seen.causeSinceMs ??= clockMs;
    seen.lastBeyondMs = clockMs;
  }
  if (bpm !== null && !isCertain) seen.certainCauseSinceMs = null;
  if (isCertain) seen.certainCauseSinceMs ??= clockMs;
}
