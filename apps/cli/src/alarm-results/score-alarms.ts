import { ALARM_RULES } from '@app/alarms';
import type { AlarmSpan } from './raised-alarms.js';
import { type ReferenceCurve, referenceAt } from './reference-curve.js';
import { type Episode, HYSTERESIS_BPM, LONG_EPISODE_S, lengthOf } from './reference-episodes.js';

/** What became of an episode of the reference. */
export interface ScoredEpisode extends Episode {
  outcome:
    | 'raised' // an alarm began in it
    | 'already-on' // one from before was on when it was due
    | 'late' // one began only after its end, within the window and what the belief needs
    | 'missed';
  /** From the onset to the raise of the alarm, s; null when none was raised in it. */
  delayS: number | null;
  /** Share of its windows with a visible pulse. */
  visible: number;
}

export interface ScoredAlarm extends AlarmSpan {
  /** The reference was not beyond the limit itself during the alarm's longest delay. */
  isStrictlyFalse: boolean;
  /** It was not even beyond the level at which the rule clears, during that delay and the window before. */
  isFalse: boolean;
  /** The highest reference in that longer time. */
  highestBpm: number;
}

export interface AlarmScore {
  episodes: ScoredEpisode[];
  alarms: ScoredAlarm[];
}

const RULE = ALARM_RULES['heart-rate-high'];
/** What a result looks back on, s. */
export const WINDOW_S = RULE.windowMs / 1000;
/** After the end of an episode an alarm about it may still come, s. */
export const LATE_S = (RULE.windowMs + RULE.qualityMs) / 1000;
/** The longest that the machine waits from the first number beyond to the alarm, s: the estimate alone. */
export const LONGEST_RAISE_S = Number(RULE.uncertainRaiseDelayMs) / 1000;

/** Episodes of the reference beside the alarms that were raised. `visible`: of each window, whether the pulse can be seen. */
export function scoreAlarms(
  episodes: readonly Episode[],
  alarms: readonly AlarmSpan[],
  curve: ReferenceCurve,
  limitBpm: number,
  visible: readonly boolean[],
): AlarmScore {
  return {
    episodes: episodes.map((episode) => ({
      ...episode,
      ...outcomeOf(episode, alarms),
      visible: visibleShare(episode, visible),
    })),
    alarms: alarms.map((alarm) => {
      const highest = (spanS: number) => highestIn(curve, alarm.raisedS - spanS, alarm.raisedS);
      const highestBpm = highest(LONGEST_RAISE_S + WINDOW_S);
      return {
        ...alarm,
        isStrictlyFalse: highest(LONGEST_RAISE_S) <= limitBpm,
        isFalse: highestBpm <= limitBpm - HYSTERESIS_BPM,
        highestBpm,
      };
    }),
  };
}

function outcomeOf(
  { onsetS, dueS, endS }: Episode,
  alarms: readonly AlarmSpan[],
): Pick<ScoredEpisode, 'outcome' | 'delayS'> {
  const on = alarms.find((alarm) => alarm.raisedS <= endS && alarm.endS >= dueS);
  if (on !== undefined && on.raisedS < onsetS) return { outcome: 'already-on', delayS: null };
  if (on !== undefined) return { outcome: 'raised', delayS: on.raisedS - onsetS };
  const isLate = alarms.some(({ raisedS }) => raisedS > endS && raisedS <= endS + LATE_S);
  return { outcome: isLate ? 'late' : 'missed', delayS: null };
}

/** Of the windows that lie inside the episode by half or more: those whose middle does. */
function visibleShare({ onsetS, endS }: Episode, visible: readonly boolean[]): number {
  const inside = visible.filter((_, k) => {
    const middle = 2 * k + WINDOW_S / 2;
    return middle >= onsetS && middle <= endS;
  });
  return inside.length === 0 ? 0 : inside.filter(Boolean).length / inside.length;
}

function highestIn(curve: ReferenceCurve, fromS: number, toS: number): number {
  let highest = -Infinity;
  for (let s = Math.floor(fromS); s <= toS; s++) highest = Math.max(highest, referenceAt(curve, s));
  return highest;
}

export const isLong = (episode: Episode): boolean => lengthOf(episode) >= LONG_EPISODE_S;
/** At least so much of an episode's windows must show the pulse, or its signal could not be used by anyone. */
export const USABLE_SHARE = 0.5;
export const isUsable = ({ visible }: ScoredEpisode): boolean => visible >= USABLE_SHARE;
/** Late is too late. */
export const isMissed = ({ outcome }: ScoredEpisode): boolean =>
  outcome === 'missed' || outcome === 'late';
