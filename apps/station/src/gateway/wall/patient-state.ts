import type { AlarmEvent, EscalationStep, PatientState } from '@app/contracts';
import type { AlarmView } from './alarm-view.js';
import { backlogOf } from './boot-backlog.js';
import type { DeviceLink } from './device-links.js';
import type { ShownLimits } from './limits-board.js';
import { type WardView, shownDevice } from './ward-view.js';

/**
 * What the wall shows of a patient.
 * @param linkOf the last word of a device's connection, whoever wore it then.
 * @returns null when nothing was heard of the patient.
 */
export function patientStateOf(
  patient: string,
  view: WardView | undefined,
  events: AlarmView | undefined,
  limits: ShownLimits | null,
  linkOf: (device: string) => DeviceLink | undefined,
): PatientState | null {
  const alarms = events?.active ?? [];
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
    backlog: isFormer ? null : backlogOf((shown?.boots ?? []).map(({ backlog }) => backlog)),
    limits: limits?.limits ?? null,
    limitsOf: limits?.of ?? null,
    movedHigh: admission === null ? null : movedHighSince(events, admission.admittedMs),
    alarms: [...alarms],
    audioPause: events?.audioPause ?? null,
    escalation: furthest(alarms),
  };
}

function movedHighSince(events: AlarmView | undefined, admittedMs: number) {
  const moved = events?.movedHigh ?? null;
  if (moved === null || moved.atMs < admittedMs) return null;
  return { bpm: moved.bpm, because: moved.because };
}

const STEPS: readonly EscalationStep[] = ['bedside', 'ward', 'webhook'];

/** Who has answered an alarm knows how far it has gone. */
function furthest(alarms: readonly AlarmEvent[]): EscalationStep {
  const steps = alarms.map(({ signal, escalation }) =>
    signal === 'on' ? STEPS.indexOf(escalation ?? 'bedside') : 0,
  );
  return STEPS[Math.max(0, ...steps)] ?? 'bedside';
}

function laterOf(a: DeviceLink | undefined, b: DeviceLink | undefined): DeviceLink | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.sinceMs > a.sinceMs ? b : a;
}
