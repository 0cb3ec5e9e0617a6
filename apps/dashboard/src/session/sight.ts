import { type Session, sessionMay } from '@app/contracts';

/** In place of a ward that the session does not open, or not any more. */
export const CLOSED_WORDS = 'The ward is not open to you here, and its alarms do not sound.';

/**
 * Whether the ward that a screen looks at is closed to who is signed in. The station says nothing in a room that it has
 * ended, so the screen itself has to notice. Before the station's time is known nothing counts as over.
 */
export function isOutOfSight(
  session: Session | null,
  ward: string | null,
  nowMs: number | null,
): boolean {
  if (session === null || ward === null) return false;
  return !sessionMay(session, 'see-ward', ward, nowMs ?? -Infinity);
}

/**
 * Whether a name may be on the screen at this moment, whoever it was read for.
 * @param ward the patient's; null: discharged, and the station has judged by the last one
 * @param place the ward that the screen looks at
 */
export function mayName(
  session: Session,
  ward: string | null,
  place: string | null,
  nowMs: number,
): boolean {
  const may = (where: string | null) => sessionMay(session, 'see-identities', where, nowMs);
  return may(ward) || (ward === null && may(place));
}

/** Changes whenever a session opens or closes something, also by the clock alone. */
export function sightOf({ wards, emergency, acting }: Session, nowMs: number): string {
  const opened = emergency.filter(({ untilMs }) => untilMs > nowMs).map(({ ward }) => ward);
  const helper = acting !== null && acting.untilMs > nowMs ? acting : null;
  return JSON.stringify([wards, opened, helper?.person, helper?.role, helper?.wards]);
}
