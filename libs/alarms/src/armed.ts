import type { AlarmRule } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { PatientAlarms } from './alarm-state.js';

/**
 * Whether a rule of a patient, or of a ward, applies. `unmonitored`: somebody took the device off the patient, so the
 * condition is over as far as the station is asked. `off`: it does not apply at all, and what it has raised ends.
 */
export type Armed = 'on' | 'unmonitored' | 'off';

/** Rules about silence: they need a device that should send all the time. */
const CONTINUOUS: ReadonlySet<AlarmRule> = new Set([
  'check-patient',
  'no-data',
  'signal-unusable',
  'sensor-off',
]);

export function armedOf(rule: AlarmRule, state: PatientAlarms): Armed {
  const { status, admission, latest, links, returnCheck } = state;
  if (status === 'ward') return 'on';
  const isTechnical = ALARM_RULES[rule].kind === 'technical';
  // Nobody is waited for who is not admitted and was never heard of by a device.
  if (admission === null)
    return isTechnical && (latest !== null || Object.keys(links).length > 0) ? 'on' : 'off';
  const isExtreme = rule === 'heart-rate-extreme-high' || rule === 'heart-rate-extreme-low';
  if (returnCheck !== null && !returnCheck.returned && !isExtreme) return 'off';
  if (admission.devices.length === 0)
    return isTechnical || rule === 'check-patient' ? 'off' : 'unmonitored';
  const isContinuous = admission.devices.some(({ mode }) => mode === 'continuous');
  return CONTINUOUS.has(rule) && !isContinuous ? 'off' : 'on';
}
