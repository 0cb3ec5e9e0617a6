import type { PersonInfo } from '@app/contracts';
import type { Kysely } from 'kysely';
import { RegistryError } from './registry.js';
import type { PersonRow, Tables } from './tables.js';

export function personOf(row: PersonRow): PersonInfo {
  return {
    person: row.person,
    name: row.name,
    role: row.role,
    wards: wardsOf(row.wards),
    active: row.active === 1,
    hasPassword: row.password !== null,
    lastSeenMs: row.last_seen_ms,
  };
}

/** Wards as a person's row has them. */
export function wardsOf(text: string): string[] | 'all' {
  return JSON.parse(text) as string[] | 'all';
}

/** @throws RegistryError when there is none. */
export async function requirePerson(db: Kysely<Tables>, person: string): Promise<PersonRow> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('person', '=', person)
    .executeTakeFirst();
  if (row === undefined) throw new RegistryError('not-found', `there is no person ${person}`);
  return row;
}

/** People sign in by name, however it is capitalised. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim();
}

/** Whether somebody can sign in as administrator. @param except a person who does not count. */
export async function hasAdministrator(db: Kysely<Tables>, except = ''): Promise<boolean> {
  const row = await db
    .selectFrom('people')
    .select('person')
    .where('role', '=', 'administrator')
    .where('active', '=', 1)
    .where('password', 'is not', null)
    .where('person', '!=', except)
    .executeTakeFirst();
  return row !== undefined;
}
