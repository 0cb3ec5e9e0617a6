import {
  type AlarmLimits,
  type PatientLimits,
  alarmLimitsSchema,
  completeLimits,
} from '@app/contracts';
import { RegistryError } from './registry.js';

/** @throws RegistryError that names every limit that cannot be. */
export function checkedLimits(limits: AlarmLimits): AlarmLimits {
  const parsed = alarmLimitsSchema.safeParse(limits);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new RegistryError('invalid', `these limits cannot be set: ${faults.join('; ')}`);
}

/** Limits of a row. */
export function limitsOf(text: string): AlarmLimits {
  return completeLimits(JSON.parse(text) as Partial<AlarmLimits>);
}

export function patientLimitsOf(text: string | null): PatientLimits {
  return text === null ? null : limitsOf(text);
}
