import type { PersonInfo, SignInLink } from '@app/contracts';
import type { Kysely } from 'kysely';
import type { Change } from './change.js';
import { hasAdministrator } from './read-people.js';
import { SESSION_TIMES } from './registry-bounds.js';
import type { PersonRow, Tables } from './tables.js';
import { newToken, tokenHash } from './token-hash.js';

/** Makes a link that signs in once; earlier ones of the same person are void. */
export async function makeLink(
  change: Change,
  { person, role }: Pick<PersonInfo, 'person' | 'role'>,
): Promise<SignInLink> {
  const isFirst = role === 'administrator' && !(await hasAdministrator(change.db));
  const token = newToken();
  const expiresMs = change.nowMs + (isFirst ? SESSION_TIMES.firstLinkMs : SESSION_TIMES.linkMs);
  await voidLinks(change, person);
  await change.db
    .insertInto('links')
    .values({ token_hash: tokenHash(token), person, expires_ms: expiresMs })
    .execute();
  return { person, token, expiresMs };
}

export async function voidLinks(change: Change, person: string): Promise<void> {
  await change.db.deleteFrom('links').where('person', '=', person).execute();
}

/** Who a link is for; undefined when it is used, void or too old, or its person inactive. */
export function linkedPerson(
  db: Kysely<Tables>,
  token: string,
  nowMs: number,
): Promise<PersonRow | undefined> {
  return db
    .selectFrom('links')
    .innerJoin('people', 'people.person', 'links.person')
    .selectAll('people')
    .where('links.token_hash', '=', tokenHash(token))
    .where('links.expires_ms', '>', nowMs)
    .where('people.active', '=', 1)
    .executeTakeFirst();
}
