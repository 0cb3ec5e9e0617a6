import type { Permission } from '@app/contracts';
import { addresses } from './route.js';

/** The pages that are of use to somebody, in the order of the menu. */
export function pagesFor(
  may: (permission: Permission, ward: string | null) => boolean,
  ward: string | null,
): { to: string; words: string }[] {
  const pages: { to: string; words: string; shown: boolean }[] = [];
  if (ward !== null) {
    pages.push(
      { to: addresses.wall(ward), words: 'Wall', shown: true },
      { to: addresses.alarmLog(ward), words: 'Alarm log', shown: true },
      {
        to: addresses.admit(ward),
        words: 'Admit a patient',
        shown: may('manage-patients', ward),
      },
      { to: addresses.devices(ward), words: 'Devices', shown: may('manage-devices', ward) },
      {
        to: addresses.wardSettings(ward),
        words: 'Ward settings',
        shown: may('set-ward-limits', ward) || may('manage-wards', ward),
      },
    );
  }
  pages.push(
    { to: addresses.people, words: 'People', shown: may('manage-people', null) },
    { to: addresses.audit, words: 'Audit', shown: may('see-audit', ward) },
    { to: addresses.models, words: 'Models', shown: true },
  );
  return pages.filter(({ shown }) => shown);
}
