import type { AlarmEvent, AudioPause } from '@app/contracts';
import type { SoundPriority } from '../sound/burst.js';
import type { Ward } from '../station/ward.js';
import { isWardKey } from '../ward/place-words.js';
import { alarmsFirst, isCalling, loudest } from './alarm-words.js';
import { pauseNow } from './audio-pause.js';

/** Every alarm of a ward, its own too, as the strip shows them: what the ward itself calls for stands first of all. */
export function wardAlarmsFirst(ward: Ward | null): AlarmEvent[] {
  if (ward === null) return [];
  const own = alarmsFirst(ward.alarms);
  const patients = alarmsFirst([...ward.patients.values()].flatMap(({ alarms }) => alarms));
  const calling = own.filter(isCalling);
  const answered = own.filter((alarm) => !isCalling(alarm));
  return [
    ...calling,
    ...patients.filter(isCalling),
    ...answered,
    ...patients.filter((alarm) => !isCalling(alarm)),
  ];
}

/**
 * What has to sound now: the most urgent call of those whose sound is not paused.
 * @param serverMs station's clock, ms; null: unknown, and no pause is believed
 */
export function soundOf(ward: Ward | null, serverMs: number | null): SoundPriority | null {
  if (ward === null) return null;
  const heard = (alarms: readonly AlarmEvent[], pause: AudioPause | null) =>
    pauseNow(pause, serverMs) === null ? alarms : [];
  return loudest([
    ...heard(ward.alarms, ward.audioPause),
    ...[...ward.patients.values()].flatMap(({ alarms, audioPause }) => heard(alarms, audioPause)),
  ]);
}

/** Whether, and how long still, the sound of that patient's alarms is paused, or of the ward's own (`ward:` and its id). */
export function pauseOf(ward: Ward | null, patient: string): AudioPause | null {
  if (isWardKey(patient)) return ward?.audioPause ?? null;
  return ward?.patients.get(patient)?.audioPause ?? null;
}
