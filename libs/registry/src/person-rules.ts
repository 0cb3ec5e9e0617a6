import { PERSON_ROLES, type PersonInfo, type PersonRequest } from '@app/contracts';
import type { Change } from './change.js';
import { randomName } from './random-names.js';
import { hasAdministrator, nameKey } from './read-people.js';
import { COMMAND_LINE, RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import type { PersonRow } from './tables.js';
import { cleanText } from './text-rules.js';

/** A person as asked for, checked. @param person whom it is about; empty for somebody new. */
export async function checkedColumns(
  change: Change,
  { name, role, wards }: PersonRequest,
  person: string,
): Promise<Pick<PersonRow, 'name' | 'name_key' | 'role' | 'wards'>> {
  const clean = cleanText('the name', name, REGISTRY_BOUNDS.nameCharacters);
  if (!PERSON_ROLES.includes(role)) {
    throw new RegistryError('invalid', `a role is one of: ${PERSON_ROLES.join(', ')}`);
  }
  const key = nameKey(clean);
  const same = await change.db
    .selectFrom('people')
    .select('person')
    .where('name_key', '=', key)
    .where('person', '!=', person)
    .executeTakeFirst();
  if (same !== undefined) {
    throw new RegistryError(
      'conflict',
      `there is a ${clean} already: people sign in by their names`,
    );
  }
  return {
    name: clean,
    name_key: key,
    role,
    wards: JSON.stringify(await knownWards(change, wards)),
  };
}

async function knownWards(change: Change, wards: string[] | 'all'): Promise<string[] | 'all'> {
  if (wards === 'all') return wards;
  const rows = await change.db.selectFrom('wards').select('ward').execute();
  const known = new Set(rows.map(({ ward }) => ward));
  const unknown = wards.filter((ward) => !known.has(ward));
  if (unknown.length > 0) {
    throw new RegistryError('invalid', `there is no ward ${unknown.join(', ')}`);
  }
  return [...new Set(wards)].toSorted();
}

/** @throws RegistryError for the name under which programs of this machine are signed in. */
export function refuseReservedName(name: string): void {
  if (nameKey(name).replaceAll(/\s+/g, ' ') !== nameKey(COMMAND_LINE.name)) return;
  throw new RegistryError(
    'conflict',
    `the name ${COMMAND_LINE.name} is kept for programs of the station: choose another name`,
  );
}

export async function freePersonId(change: Change): Promise<string> {
  for (;;) {
    const person = randomName('u');
    const known = await change.db
      .selectFrom('people')
      .select('person')
      .where('person', '=', person)
      .executeTakeFirst();
    if (known === undefined) return person;
  }
}

/** @throws RegistryError when nobody would be left who can sign in as administrator. */
export async function requireAdministratorStays(
  change: Change,
  before: PersonInfo,
  after: Pick<PersonInfo, 'role' | 'active'>,
): Promise<void> {
  const wasOne = before.role === 'administrator' && before.active && before.hasPassword;
  const isOne = after.role === 'administrator' && after.active;
  if (!wasOne || isOne || (await hasAdministrator(change.db, before.person))) return;
  throw new RegistryError(
    'conflict',
    `${before.name} is the only administrator who can sign in: make somebody else administrator first`,
  );
}
