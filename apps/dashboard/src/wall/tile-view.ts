import type { ActivityClass, MovedHigh, PatientState, VitalSigns } from '@app/contracts';
import type { Trust } from '../station/liveness.js';
import { THRESHOLDS } from '../thresholds.js';
import { WITHHELD_WORDS, duration } from '../words.js';

/** The heart rate as it may be shown now. */
export type ShownRate =
  | {
      kind: 'number';
      bpm: number;
      lowBpm: number | null;
      highBpm: number | null;
      /** Five windows missed, or the screen itself is behind: grey. */
      old: boolean;
    }
  /** An em dash, and the reason in plain words. */
  | { kind: 'none'; reason: string };

/** What a tile shows. Primitive where it can be, so that an unchanged tile is not drawn again. */
export interface TileView {
  rate: ShownRate;
  /** Age of the last value, ms; null when there never was one or nothing is known. */
  ageMs: number | null;
  activity: ActivityClass | null;
  /** 0 to 1; null without a current value. */
  quality: number | null;
  battery: number | null;
  /** Minutes of the past that are still coming from the device; null: none. */
  backlogMinutes: number | null;
  /** While an activity moves the upper limit. */
  movedHigh: MovedHigh | null;
  connected: boolean;
  /** `Disconnected for 2 min`; null while connected. */
  connection: string | null;
  /** `X-ray, for 12 min`; null for who is on the ward. */
  offWard: string | null;
}

/**
 * What may be shown of a patient at the station's time `serverMs`.
 * @param trust how far the screen itself is live: what is known must not be shown as more than that.
 */
export function tileView(state: PatientState, serverMs: number | null, trust: Trust): TileView {
  const blank = trust === 'blank';
  const ageMs = serverMs === null ? null : valueAgeMs(state, serverMs);
  const gone = blank || ageMs === null || ageMs > THRESHOLDS.valueGoneAfter.value;
  const vital = gone ? null : state.vital;
  const since = serverMs === null ? null : duration(serverMs - state.connectedSinceMs);
  return {
    rate: blank ? { kind: 'none', reason: 'Not live' } : shownRate(state, ageMs, since, trust),
    ageMs: blank ? null : ageMs,
    activity: vital?.activity.class ?? null,
    quality: vital?.quality ?? null,
    battery: blank ? null : (state.vital?.battery ?? null),
    backlogMinutes: blank || serverMs === null ? null : backlogMinutes(state, serverMs),
    movedHigh: blank ? null : state.movedHigh,
    connected: !blank && state.connected,
    connection: connectionWords(state, since, blank),
    offWard: blank ? null : offWardWords(state, serverMs),
  };
}

/**
 * Age of the last value, ms: from the end of its window, or from its arrival where the device's clock is believed to be
 * ahead of that. Null before the first, and for one of the future: it is from before the station's clock was set back,
 * and nobody knows how old it is.
 */
export function valueAgeMs(state: PatientState, serverMs: number): number | null {
  if (state.vital === null) return null;
  const fromMs = Math.min(state.vital.endMs, state.lastDataMs ?? state.vital.endMs);
  return fromMs - serverMs > THRESHOLDS.clockJump.value ? null : Math.max(0, serverMs - fromMs);
}

/** Rounded up; null when there is none, or when nothing of it has come for so long that it may never. */
export function backlogMinutes({ backlog }: PatientState, serverMs: number): number | null {
  if (backlog === null || backlog.seconds * 1000 < THRESHOLDS.backlogAtLeast.value) return null;
  if (serverMs - backlog.atMs > THRESHOLDS.backlogGoneAfter.value) return null;
  return Math.ceil(backlog.seconds / 60);
}

function shownRate(
  state: PatientState,
  ageMs: number | null,
  since: string | null,
  trust: Trust,
): ShownRate {
  const { vital, connected, admission } = state;
  if (admission !== null && admission.devices.length === 0) {
    return { kind: 'none', reason: 'No device' };
  }
  if (vital === null || ageMs === null) {
    return {
      kind: 'none',
      reason: connected ? 'Waiting for first values' : 'Device is not connected',
    };
  }
  if (ageMs > THRESHOLDS.valueGoneAfter.value) {
    const reason = connected
      ? `Silent for ${duration(ageMs)}`
      : `Disconnected for ${since ?? duration(ageMs)}`;
    return { kind: 'none', reason };
  }
  const { bpm, withheld, lowBpm, highBpm } = vital.heartRate;
  if (bpm === null) return { kind: 'none', reason: reasonOf(vital, withheld) };
  return {
    kind: 'number',
    bpm: Math.round(bpm),
    lowBpm: lowBpm === null ? null : Math.round(lowBpm),
    highBpm: highBpm === null ? null : Math.round(highBpm),
    old: trust !== 'live' || ageMs > THRESHOLDS.valueOldAfter.value,
  };
}

function reasonOf(vital: VitalSigns, withheld: VitalSigns['heartRate']['withheld']): string {
  if (withheld !== null) return WITHHELD_WORDS[withheld];
  return vital.worn === false ? WITHHELD_WORDS['not-worn'] : 'No number';
}

function connectionWords(state: PatientState, since: string | null, blank: boolean): string | null {
  if (blank) return 'Unknown';
  if (state.admission?.devices.length === 0) return 'No device';
  if (state.connected) return null;
  return since === null ? 'Disconnected' : `Disconnected for ${since}`;
}

function offWardWords({ admission }: PatientState, serverMs: number | null): string | null {
  const away = admission?.offWard ?? null;
  if (away === null) return null;
  return serverMs === null
    ? away.reason
    : `${away.reason}, for ${duration(Math.max(0, serverMs - away.sinceMs))}`;
}
