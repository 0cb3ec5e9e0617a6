/** Whom the log can be narrowed to: who is on the wall in its order, the ward itself, and who else stands in the entries. */
export function filterPatients(
  onWall: readonly { patient: string; words: string }[],
  ward: string,
  inEntries: readonly string[],
  chosen: string,
): { patient: string; words: string }[] {
  const own = { patient: `ward:${ward}`, words: 'The ward itself' };
  const known = [...onWall, own];
  const others = new Set([...inEntries, ...(chosen === '' ? [] : [chosen])]);
  for (const { patient } of known) others.delete(patient);
  return [...known, ...[...others].toSorted().map((patient) => ({ patient, words: patient }))];
}
