import { AUDIO_PAUSE_MS, type AudioEvent, type AudioPauseRecord } from '@app/contracts';
import type { PatientAlarms } from './alarm-state.js';
import type { PartitionState } from './partition-state.js';

/** Takes in that somebody pauses the sound; a pause never lasts longer than `AUDIO_PAUSE_MS`, whatever the record says. */
export function pauseAudio(
  state: PatientAlarms,
  { untilMs, atMs, by }: AudioPauseRecord,
  { clockMs }: PartitionState,
): AudioEvent | null {
  const lengthMs = Math.min(Math.max(untilMs - atMs, 0), AUDIO_PAUSE_MS);
  if (lengthMs === 0) return null;
  state.audio = { untilMs: atMs + lengthMs, untilClockMs: clockMs + lengthMs, by };
  return audioEvent(state, 'paused', 'asked', by, atMs);
}

/** Sound again, if it was paused. */
export function resumeAudio(
  state: PatientAlarms,
  because: Exclude<AudioEvent['because'], 'asked'>,
  atMs: number,
): AudioEvent | null {
  if (state.audio === null) return null;
  const { by } = state.audio;
  state.audio = null;
  return audioEvent(state, 'on', because, by, atMs);
}

/** On a tick: whether a pause is over, by whichever clock says so first. */
export function isPauseOver(
  { audio }: PatientAlarms,
  { tickMs, clockMs }: PartitionState,
): boolean {
  if (audio === null) return false;
  return clockMs >= audio.untilClockMs || (tickMs ?? 0) >= audio.untilMs;
}

function audioEvent(
  { patient, origin, audio: pause }: PatientAlarms,
  audio: AudioEvent['audio'],
  because: AudioEvent['because'],
  by: string,
  atMs: number,
): AudioEvent {
  return {
    type: 'audio',
    id: `${patient}:audio:${because}:${atMs}`,
    patient,
    origin,
    audio,
    untilMs: pause?.untilMs ?? null,
    because,
    by,
    atMs,
  };
}
