/** What the station records, in the order of the list to choose from. What is not in it can still be read. */
export const AUDIT_ACTIONS = [
  'patient.admitted',
  'patient.transferred',
  'patient.discharged',
  'patient.identity-changed',
  'patient.off-ward',
  'patient.returned',
  'device.assigned',
  'device.unassigned',
  'limits.changed',
  'alarm.acknowledged',
  'session.opened',
  'session.closed',
  'session.all-ended',
  'session.refused',
  'session.slowed',
  'session.acting',
  'session.acting-ended',
  'session.ward-opened',
  'person.added',
  'person.changed',
  'person.link-made',
  'person.password-set',
  'device.added',
  'device.removed',
  'device.secret-renewed',
  'ward.added',
  'ward.renamed',
  'bed.added',
  'bed.removed',
  'registry.restored',
] as const;

/** `patient.off-ward` as `Patient: off ward`. */
export function actionWords(action: string): string {
  const [what = '', ...rest] = action.split('.');
  const words = (text: string) => text.replaceAll(/[-_]/g, ' ');
  const first = words(what);
  const begin = first.charAt(0).toUpperCase() + first.slice(1);
  return rest.length === 0 ? begin : `${begin}: ${words(rest.join('.'))}`;
}
