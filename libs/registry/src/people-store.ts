import type { PersonInfo, PersonRequest, SignInLink } from '@app/contracts';
import type { Change, Changes } from './change.js';
import { requirePassword } from './password-rules.js';
import type { Passwords } from './passwords.js';
import {
  checkedColumns,
  freePersonId,
  refuseReservedName,
  requireAdministratorStays,
} from './person-rules.js';
import { hasAdministrator, nameKey, personOf, requirePerson } from './read-people.js';
import { type Actor, COMMAND_LINE, type People, RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import { makeLink, voidLinks } from './sign-in-links.js';
import { tokenHash } from './token-hash.js';

export class PeopleStore implements People {
  constructor(
    private readonly changes: Changes,
    private readonly passwords: Passwords,
  ) {}

  async list(): Promise<PersonInfo[]> {
    const rows = await this.changes.database.reader
      .selectFrom('people')
      .selectAll()
      .orderBy('name_key')
      .execute();
    return rows.map(personOf);
  }

  async find(person: string): Promise<PersonInfo | null> {
    const row = await this.changes.database.reader
      .selectFrom('people')
      .selectAll()
      .where('person', '=', person)
      .executeTakeFirst();
    return row === undefined ? null : personOf(row);
  }

  add(actor: Actor, request: PersonRequest): Promise<SignInLink> {
    return this.changes.make(async (change) => {
      refuseReservedName(request.name);
      const person = await addPerson(change, actor, request);
      return makeLink(change, { person, role: request.role });
    });
  }

  addProgram(request: Omit<PersonRequest, 'name'>): Promise<string> {
    const { name } = COMMAND_LINE;
    return this.changes.make((change) => addPerson(change, COMMAND_LINE, { ...request, name }));
  }

  change(
    actor: Actor,
    person: string,
    wanted: Partial<PersonRequest & { active: boolean }>,
  ): Promise<PersonInfo> {
    return this.changes.make(async (change) => {
      const row = await requirePerson(change.db, person);
      const before = personOf(row);
      const after = { ...before, ...wanted };
      const columns = await checkedColumns(change, after, person);
      if (columns.name_key !== row.name_key) refuseReservedName(columns.name);
      if ((before.role === 'kiosk') !== (after.role === 'kiosk')) {
        throw new RegistryError(
          'conflict',
          `a display and a person cannot become each other: make ${before.name} inactive and add a new one`,
        );
      }
      await requireAdministratorStays(change, before, after);
      const active = after.active ? 1 : 0;
      await change.db
        .updateTable('people')
        .set({ ...columns, active })
        .where('person', '=', person)
        .execute();
      if (active === 0) {
        await voidLinks(change, person);
        await endSessions(change, person);
      }
      const changed = personOf({ ...row, ...columns, active });
      await change.audit(actor, {
        action: 'person.changed',
        subjectType: 'person',
        subject: person,
        ward: null,
        before: inAudit(before),
        after: inAudit(changed),
      });
      return changed;
    });
  }

  link(actor: Actor, person: string): Promise<SignInLink> {
    return this.changes.make(async (change) => {
      const info = personOf(await requirePerson(change.db, person));
      if (!info.active) {
        throw new RegistryError(
          'conflict',
          `${info.name} is inactive: make ${info.name} active first`,
        );
      }
      await change.audit(actor, {
        action: 'person.link-made',
        subjectType: 'person',
        subject: person,
        ward: null,
      });
      return makeLink(change, info);
    });
  }

  async setPassword(actor: Actor, person: string, password: string, keep?: string): Promise<void> {
    const { name, role } = await requirePerson(this.changes.database.reader, person);
    if (role === 'kiosk') {
      throw new RegistryError('conflict', 'a display has no password: make a sign-in link for it');
    }
    requirePassword(password, name);
    const hash = await this.passwords.hash(password);
    await this.changes.make(async (change) => {
      await writePassword(change, actor, person, hash);
      await endSessions(change, person, keep);
    });
  }

  async verify(name: string, password: string): Promise<PersonInfo | null> {
    if (password.length > 2 * REGISTRY_BOUNDS.passwordMost) return null;
    const row = await this.changes.database.reader
      .selectFrom('people')
      .selectAll()
      .where('name_key', '=', nameKey(name))
      .executeTakeFirst();
    const stored = row?.active === 1 ? row.password : null;
    const matches = await this.passwords.matches(password, stored);
    return matches && row !== undefined ? personOf(row) : null;
  }

  hasAdministrator(): Promise<boolean> {
    return hasAdministrator(this.changes.database.reader);
  }
}

async function addPerson(change: Change, actor: Actor, request: PersonRequest): Promise<string> {
  const { total } = await change.db
    .selectFrom('people')
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  if (Number(total) >= REGISTRY_BOUNDS.people) {
    throw new RegistryError('conflict', `there are ${total} people, and there can be no more`);
  }
  const columns = await checkedColumns(change, request, '');
  const person = await freePersonId(change);
  await change.db
    .insertInto('people')
    .values({ person, ...columns, active: 1, password: null, last_seen_ms: null })
    .execute();
  await change.audit(actor, {
    action: 'person.added',
    subjectType: 'person',
    subject: person,
    ward: null,
    after: { name: columns.name, role: request.role, wards: request.wards },
  });
  return person;
}

/** Also voids the links that could set another. */
export async function writePassword(
  change: Change,
  actor: Actor,
  person: string,
  hash: string,
): Promise<void> {
  await change.db
    .updateTable('people')
    .set({ password: hash })
    .where('person', '=', person)
    .execute();
  await voidLinks(change, person);
  await change.audit(actor, {
    action: 'person.password-set',
    subjectType: 'person',
    subject: person,
    ward: null,
  });
}

/** @param keep token of a session that stays. */
export async function endSessions(change: Change, person: string, keep?: string): Promise<void> {
  let sessions = change.db.deleteFrom('sessions').where('person', '=', person);
  if (keep !== undefined) sessions = sessions.where('token_hash', '!=', tokenHash(keep));
  await sessions.execute();
  await change.db
    .updateTable('sessions')
    .set({ acting_person: null, acting_until_ms: null })
    .where('acting_person', '=', person)
    .execute();
}

function inAudit({ name, role, wards, active }: PersonInfo) {
  return { name, role, wards, active };
}
