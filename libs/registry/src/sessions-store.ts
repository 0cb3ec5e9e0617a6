import type { LinkHolder, Session } from '@app/contracts';
import type { Change, Changes } from './change.js';
import { requirePassword } from './password-rules.js';
import type { Passwords } from './passwords.js';
import { endSessions, writePassword } from './people-store.js';
import { requirePerson } from './read-people.js';
import { type OpenedWard, readSession } from './read-session.js';
import { type Actor, RegistryError, type Sessions } from './registry.js';
import { REGISTRY_BOUNDS, SESSION_TIMES } from './registry-bounds.js';
import { linkedPerson, voidLinks } from './sign-in-links.js';
import type { PersonRow } from './tables.js';
import { cleanText } from './text-rules.js';
import { newToken, tokenHash } from './token-hash.js';
import { requireWard } from './wards-store.js';

type Opened = { token: string; session: Session };

export class SessionsStore implements Sessions {
  constructor(
    private readonly changes: Changes,
    private readonly passwords: Passwords,
  ) {}

  async linkHolder(token: string): Promise<LinkHolder | null> {
    const row = await linkedPerson(this.changes.database.reader, token, this.changes.clock());
    if (row === undefined) return null;
    return { name: row.name, role: row.role, needsPassword: row.role !== 'kiosk' };
  }

  async openByLink(token: string, password: string | null): Promise<Opened | null> {
    const holder = await this.linkHolder(token);
    if (holder === null) return null;
    let hash: string | null = null;
    if (holder.needsPassword) {
      requirePassword(password ?? '', holder.name);
      hash = await this.passwords.hash(password ?? '');
    }
    return this.changes.make(async (change) => {
      // Somebody else may have used it while the password was hashed.
      const row = await linkedPerson(change.db, token, change.nowMs);
      if (row === undefined || (row.role !== 'kiosk' && hash === null)) return null;
      await voidLinks(change, row.person);
      if (hash !== null && row.role !== 'kiosk') {
        await endSessions(change, row.person);
        await writePassword(change, actorOf(row), row.person, hash);
      }
      return openSession(change, row, 'link');
    });
  }

  open(person: string): Promise<Opened> {
    return this.changes.make(async (change) => {
      const row = await requirePerson(change.db, person);
      if (row.active !== 1) throw new RegistryError('conflict', `${row.name} is inactive`);
      return openSession(change, row, 'password');
    });
  }

  async find(token: string): Promise<Session | null> {
    const nowMs = Math.round(this.changes.clock());
    const found = await readSession(this.changes.database.reader, token, nowMs);
    if (found === null) return null;
    const { session, seenMs } = found;
    if (nowMs - seenMs < SESSION_TIMES.prolongEveryMs) return session;
    const expiresMs = expiry(session.role, nowMs);
    await this.changes.database.write(async (db) => {
      await db
        .updateTable('sessions')
        .set({ seen_ms: nowMs, expires_ms: expiresMs })
        .where('token_hash', '=', tokenHash(token))
        .execute();
      await db
        .updateTable('people')
        .set({ last_seen_ms: nowMs })
        .where('person', '=', session.person)
        .execute();
    });
    return { ...session, expiresMs };
  }

  async close(actor: Actor, token: string): Promise<void> {
    await this.changes.make(async (change) => {
      const row = await change.db
        .deleteFrom('sessions')
        .where('token_hash', '=', tokenHash(token))
        .returning('person')
        .executeTakeFirst();
      if (row === undefined) return;
      await auditSession(change, actor, 'session.closed', row.person);
    });
  }

  async endAll(actor: Actor): Promise<void> {
    await this.changes.make(async (change) => {
      await change.db.deleteFrom('sessions').execute();
      await change.db.deleteFrom('links').execute();
      await auditSession(change, actor, 'session.all-ended', 'all');
    });
  }

  act(token: string, person: string | null): Promise<Session> {
    return this.changes.make(async (change) => {
      const session = await requireSession(change, token);
      if (session.role !== 'kiosk') {
        throw new RegistryError(
          'conflict',
          'only at a display of a ward does somebody act for a moment',
        );
      }
      if (person === null) {
        if (session.acting !== null) {
          await auditSession(change, { ...session.acting }, 'session.acting-ended', session.person);
        }
        await setActing(change, token, null, null);
      } else {
        const row = await requirePerson(change.db, person);
        if (row.active !== 1 || row.role === 'kiosk') {
          throw new RegistryError('conflict', `${row.name} cannot act at a display`);
        }
        await auditSession(change, actorOf(row), 'session.acting', session.person);
        await setActing(change, token, person, change.nowMs + SESSION_TIMES.actingMs);
      }
      return requireSession(change, token);
    });
  }

  async openWard(actor: Actor, token: string, ward: string, reason: string): Promise<Session> {
    const { emergencyReasonLeast, emergencyReasonMost } = REGISTRY_BOUNDS;
    const clean = cleanText('the reason', reason, emergencyReasonMost, emergencyReasonLeast);
    return this.changes.make(async (change) => {
      await requireWard(change.db, ward);
      const session = await requireSession(change, token);
      const untilMs = change.nowMs + SESSION_TIMES.emergencyMs;
      const emergency: OpenedWard[] = [
        ...session.emergency.filter((opened) => opened.ward !== ward),
        { ward, untilMs },
      ];
      await change.db
        .updateTable('sessions')
        .set({ emergency: JSON.stringify(emergency) })
        .where('token_hash', '=', tokenHash(token))
        .execute();
      await change.audit(actor, {
        action: 'session.ward-opened',
        subjectType: 'session',
        subject: session.person,
        ward,
        after: { untilMs },
        reason: clean,
      });
      return requireSession(change, token);
    });
  }
}

async function openSession(
  change: Change,
  row: PersonRow,
  by: 'link' | 'password',
): Promise<Opened> {
  const token = newToken();
  const { nowMs } = change;
  await removeOld(change, row.person);
  await change.db
    .insertInto('sessions')
    .values({
      token_hash: tokenHash(token),
      person: row.person,
      opened_ms: nowMs,
      seen_ms: nowMs,
      expires_ms: expiry(row.role, nowMs),
      acting_person: null,
      acting_until_ms: null,
      emergency: '[]',
    })
    .execute();
  await change.db
    .updateTable('people')
    .set({ last_seen_ms: nowMs })
    .where('person', '=', row.person)
    .execute();
  await change.audit(actorOf(row), {
    action: 'session.opened',
    subjectType: 'session',
    subject: row.person,
    ward: null,
    after: { by },
  });
  return { token, session: await requireSession(change, token) };
}

/** Sessions that have run out, and the oldest of a person who has many. */
async function removeOld(change: Change, person: string): Promise<void> {
  await change.db.deleteFrom('sessions').where('expires_ms', '<=', change.nowMs).execute();
  const kept = change.db
    .selectFrom('sessions')
    .select('token_hash')
    .where('person', '=', person)
    .orderBy('seen_ms', 'desc')
    .limit(REGISTRY_BOUNDS.sessionsPerPerson - 1);
  await change.db
    .deleteFrom('sessions')
    .where('person', '=', person)
    .where('token_hash', 'not in', kept)
    .execute();
}

/** @throws RegistryError when there is none, or it has run out. */
async function requireSession(change: Change, token: string): Promise<Session> {
  const found = await readSession(change.db, token, change.nowMs);
  if (found === null) throw new RegistryError('not-found', 'the session has ended: sign in again');
  return found.session;
}

async function setActing(
  change: Change,
  token: string,
  person: string | null,
  untilMs: number | null,
): Promise<void> {
  await change.db
    .updateTable('sessions')
    .set({ acting_person: person, acting_until_ms: untilMs })
    .where('token_hash', '=', tokenHash(token))
    .execute();
}

async function auditSession(change: Change, actor: Actor, action: string, person: string) {
  await change.audit(actor, { action, subjectType: 'session', subject: person, ward: null });
}

function actorOf({ person, name, role }: PersonRow): Actor {
  return { person, name, role };
}

function expiry(role: Session['role'], nowMs: number): number {
  return nowMs + (role === 'kiosk' ? SESSION_TIMES.kioskIdleMs : SESSION_TIMES.personIdleMs);
}
