import type { IdentityRequest } from '@app/contracts';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import type { PatientRow } from './tables.js';
import { cleanBirthDate, cleanOptional, cleanText } from './text-rules.js';

/** @throws RegistryError that says what cannot be kept as it is. */
export function cleanIdentity(
  identity: Pick<IdentityRequest, 'name' | 'label'> & Partial<IdentityRequest>,
): Omit<PatientRow, 'patient' | 'limits'> {
  return {
    name: cleanText('the name', identity.name, REGISTRY_BOUNDS.nameCharacters),
    birth_date: cleanBirthDate(identity.birthDate),
    hospital_number: cleanOptional(
      'the hospital number',
      identity.hospitalNumber,
      REGISTRY_BOUNDS.hospitalNumberCharacters,
    ),
    label: cleanText('what the wall shows', identity.label, REGISTRY_BOUNDS.labelCharacters),
  };
}
