import type { PersonRole } from '@app/contracts';

export const ROLE_WORDS: Record<PersonRole, { name: string; may: string }> = {
  viewer: { name: 'Viewer', may: 'Sees the wall and histories, without names.' },
  nurse: {
    name: 'Nurse',
    may: 'Acknowledges alarms, admits patients, assigns devices, sets limits of patients.',
  },
  'charge-nurse': {
    name: 'Charge nurse',
    may: 'As a nurse; also devices, limits of the ward, and the audit.',
  },
  administrator: { name: 'Administrator', may: 'As a charge nurse; also wards, beds and people.' },
  kiosk: { name: 'Wall display', may: 'A screen on the wall: shows, sounds and acknowledges.' },
};

/** `3 East, 3 West`, or all of them. */
export function wardsWords(
  wards: readonly string[] | 'all',
  nameOf: (ward: string) => string,
): string {
  if (wards === 'all') return 'All wards';
  return wards.length === 0 ? 'No ward' : wards.map(nameOf).join(', ');
}
