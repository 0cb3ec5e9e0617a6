import { ALARM_RULES } from '@app/alarms';
import type { ReferenceCurve } from './reference-curve.js';

/** A time for which the reference calls for an alarm about a high rate. Seconds since the first sample. */
export interface Episode {
  /** First moment beyond the limit. */
  onsetS: number;
  /** When the rule's delay is over. */
  dueS: number;
  /** When it is back inside for good: so far inside, and then for the clear delay. The curve's end when that comes first. */
  endS: number;
  /** Seconds beyond the limit. */
  beyondS: number;
  peakBpm: number;
}

/** As long as this an episode must not be missed, s. */
export const LONG_EPISODE_S = 30;

const RULE = ALARM_RULES['heart-rate-high'];
export const RAISE_S = RULE.raiseDelayMs / 1000;
const CLEAR_S = RULE.clearDelayMs / 1000;
export const HYSTERESIS_BPM = Number(RULE.clearLevel);

export const lengthOf = ({ onsetS, endS }: Episode): number => endS - onsetS;

/**
 * The alarm rule, said once more for a rate that is known: beyond the limit for the raise delay without a break; over once
 * the rate has been inside by the hysteresis, and not beyond again, for the clear delay.
 */
export function episodesOf(curve: ReferenceCurve, limitBpm: number): Episode[] {
  const episodes: Episode[] = [];
  let open: Episode | null = null;
  let insideSinceS: number | null = null;
  const close = (endS: number) => {
    if (open !== null && open.dueS <= endS) episodes.push({ ...open, endS });
    open = null;
    insideSinceS = null;
  };
  for (const [i, bpm] of curve.bpm.entries()) {
    const s = curve.fromS + i;
    if (bpm > limitBpm) {
      open ??= { onsetS: s, dueS: s + RAISE_S, endS: s, beyondS: 0, peakBpm: bpm };
      open.beyondS++;
      open.peakBpm = Math.max(open.peakBpm, bpm);
      insideSinceS = null;
    } else if (open !== null && s <= open.dueS) {
      close(-Infinity);
    } else if (open !== null) {
      if (bpm <= limitBpm - HYSTERESIS_BPM) insideSinceS ??= s;
      if (insideSinceS !== null && s - insideSinceS >= CLEAR_S) close(insideSinceS);
    }
  }
  close(insideSinceS ?? curve.fromS + curve.bpm.length - 1);
  return episodes;
}
