import type { AlarmLimits, MovedHigh } from '@app/contracts';

/** One limit on the scale. */
export interface LimitMark {
  bpm: number;
  /** `moved`: by what the patient does, in place of the ordinary upper limit. */
  kind: 'limit' | 'moved' | 'extreme';
  /** What stands beneath it; empty where there is no room. */
  label: string;
}

/** Between two numbers beneath the scale, BPM: closer ones would lie on each other. */
const ROOM_BPM = 10;
/** Beside a label that has a word too. */
const ROOM_WITH_WORD_BPM = 36;

/** The limits in force, lowest first. An extreme one is never moved, and gives way to the label of the ordinary one. */
export function limitMarks(limits: AlarmLimits | null, moved: MovedHigh | null): LimitMark[] {
  if (limits === null) return [];
  const high: LimitMark | null =
    moved === null
      ? markOf(limits.heartRateHighBpm, 'limit')
      : { bpm: moved.bpm, kind: 'moved', label: `${moved.bpm} ${moved.because}` };
  const low = markOf(limits.heartRateLowBpm, 'limit');
  return [
    extreme(limits.heartRateExtremeLowBpm, low),
    low,
    high,
    extreme(limits.heartRateExtremeHighBpm, high),
  ].filter((mark) => mark !== null);
}

function markOf(bpm: number | null, kind: LimitMark['kind']): LimitMark | null {
  return bpm === null ? null : { bpm, kind, label: String(bpm) };
}

function extreme(bpm: number | null, beside: LimitMark | null): LimitMark | null {
  const mark = markOf(bpm, 'extreme');
  if (mark === null || beside === null) return mark;
  const roomBpm = beside.kind === 'moved' ? ROOM_WITH_WORD_BPM : ROOM_BPM;
  return Math.abs(mark.bpm - beside.bpm) < roomBpm ? { ...mark, label: '' } : mark;
}

/** `45 to 150 BPM while running, else 120`; what is not set is off. */
export function limitWords(limits: AlarmLimits | null, moved: MovedHigh | null): string {
  if (limits === null) return '—';
  const low = limits.heartRateLowBpm ?? 'off';
  const high = limits.heartRateHighBpm ?? 'off';
  return moved === null
    ? `${low} to ${high} BPM`
    : `${low} to ${moved.bpm} BPM while ${moved.because}, else ${high}`;
}

/** `35 and 140 BPM`; null where there is none. */
export function extremeWords(limits: AlarmLimits | null): string | null {
  const low = limits?.heartRateExtremeLowBpm ?? null;
  const high = limits?.heartRateExtremeHighBpm ?? null;
  if (low === null && high === null) return null;
  return `${low ?? 'off'} and ${high ?? 'off'} BPM`;
}
