import type { AuditEntry, PersonInfo } from '@app/contracts';
import { useResource } from '../api/use-resource.js';
import { useMay } from '../session/use-session.js';

/** Whom the entries can be narrowed to: everybody in the list for who may read it, else who stands in the entries. */
export function useAuditPeople(entries: readonly AuditEntry[]): { id: string; name: string }[] {
  const may = useMay();
  const { value } = useResource<PersonInfo[]>(may('manage-people', null) ? '/api/people' : null);
  const known = new Map(entries.map(({ person, name }) => [person, name]));
  for (const { person, name } of value ?? []) known.set(person, name);
  return [...known]
    .map(([id, name]) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
