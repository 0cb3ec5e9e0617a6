import type { AlarmEvent, AlarmLimits, PatientState } from '@app/contracts';
import type { DeviceLink } from './device-links.js';
import { type WardView, shownDevice } from './ward-view.js';

/**
 * What the wall shows of a patient.
 * @param linkOf the last word of a device's connection, whoever wore it then.
 * @returns null when nothing was heard of the patient.
 */
export function patientStateOf(
  patient: string,
  view: WardView | undefined,
  alarms: readonly AlarmEvent[],
  limits: AlarmLimits | null,
  linkOf: (device: string) => DeviceLink | undefined,
): PatientState | null {
  // the two streams are followed apart: an alarm that comes before its patient is shown all the same
  const origin = view?.origin ?? alarms[0]?.origin;
  if (origin === undefined) return null;
  const admission = view?.admission?.admission ?? null;
  const shown = view === undefined ? undefined : shownDevice(view);
  const device = shown?.device ?? admission?.devices.at(-1)?.device;
  const link = device === undefined ? undefined : laterOf(shown, linkOf(device));
  // of an earlier stay of the same patient: years old, perhaps
  const isFormer = admission !== null && (view?.lastDataMs ?? 0) < admission.admittedMs;
  return {
    patient,
    origin,
    admission,
    device: device ?? '',
    connected: link?.connected ?? false,
    connectedSinceMs: link?.sinceMs ?? view?.admission?.atMs ?? alarms[0]?.sinceMs ?? 0,
    lastDataMs: isFormer ? null : (view?.lastDataMs ?? null),
    vital: isFormer ? null : (view?.vital ?? null),
    limits,
    alarms: [...alarms],
  };
}

function laterOf(a: DeviceLink | undefined, b: DeviceLink | undefined): DeviceLink | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.sinceMs > a.sinceMs ? b : a;
}
