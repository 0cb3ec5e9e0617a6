import type { AlarmRule } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { PatientAlarms } from './alarm-state.js';

/**
 * Whether a rule applies. `unmonitored`: somebody took the device off the patient, so the condition is over as far as the
 * station is asked. `off`: it does not apply at all, and what it has raised ends.
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
  const { kind, of } = ALARM_RULES[rule];
  switch (state.status) {
    case 'discharged':
      return 'off';
    case 'ward':
      return of === 'ward' ? 'on' : 'off';
    case 'unseen':
      // Nobody is waited for who was never heard of by a device.
      return of === 'patient' && kind === 'technical' && (state.latest !== null || state.linkMs > 0)
        ? 'on'
        : 'off';
    case 'admitted':
      return of === 'patient' ? armedAdmitted(rule, state) : 'off';
  }
}

function armedAdmitted(rule: AlarmRule, { admission, returnCheck }: PatientAlarms): Armed {
  const isExtreme = rule === 'heart-rate-extreme-high' || rule === 'heart-rate-extreme-low';
  if (returnCheck !== null && !returnCheck.returned && !isExtreme) return 'off';
  const devices = admission?.devices ?? [];
  if (devices.length === 0)
    return ALARM_RULES[rule].kind === 'technical' || CONTINUOUS.has(rule) ? 'off' : 'unmonitored';
  const isContinuous = devices.some(({ mode }) => mode === 'continuous');
  return CONTINUOUS.has(rule) && !isContinuous ? 'off' : 'on';
}
