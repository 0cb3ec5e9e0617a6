import type { Session } from '@app/contracts';
import type { Kysely } from 'kysely';
import { wardsOf } from './read-people.js';
import type { Tables } from './tables.js';
import { tokenHash } from './token-hash.js';

export type OpenedWard = Session['emergency'][number];

/** A session as it is now: names, roles and wards as they are, nothing that has run out; null when it has ended. */
export async function readSession(
  db: Kysely<Tables>,
  token: string,
  nowMs: number,
): Promise<{ session: Session; seenMs: number } | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.person', 'sessions.person')
    .leftJoin('people as acting', (join) =>
      join.onRef('acting.person', '=', 'sessions.acting_person').on('acting.active', '=', 1),
    )
    .select([
      'sessions.person',
      'sessions.seen_ms',
      'sessions.expires_ms',
      'sessions.acting_until_ms',
      'sessions.emergency',
      'people.name',
      'people.role',
      'people.wards',
      'acting.person as acting_person',
      'acting.name as acting_name',
      'acting.role as acting_role',
      'acting.wards as acting_wards',
    ])
    .where('sessions.token_hash', '=', tokenHash(token))
    .where('sessions.expires_ms', '>', nowMs)
    .where('people.active', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened = JSON.parse(row.emergency) as OpenedWard[];
  return {
    seenMs: row.seen_ms,
    session: {
      person: row.person,
      name: row.name,
      role: row.role,
      wards: wardsOf(row.wards),
      emergency: opened.filter(({ untilMs }) => untilMs > nowMs),
      acting: actingOf(row, nowMs),
      expiresMs: row.expires_ms,
    },
  };
}

function actingOf(
  row: {
    acting_person: string | null;
    acting_name: string | null;
    acting_role: Session['role'] | null;
    acting_wards: string | null;
    acting_until_ms: number | null;
  },
  nowMs: number,
): Session['acting'] {
  const { acting_person, acting_name, acting_role, acting_wards, acting_until_ms } = row;
  if (acting_person === null || acting_name === null || acting_role === null) return null;
  if (acting_wards === null || acting_until_ms === null || acting_until_ms <= nowMs) return null;
  return {
    person: acting_person,
    name: acting_name,
    role: acting_role,
    wards: wardsOf(acting_wards),
    untilMs: acting_until_ms,
  };
}
