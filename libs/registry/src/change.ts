import type { Actor } from './registry.js';
import type { AuditEntry, Origin, WardRecord } from '@app/contracts';
import type { Transaction } from 'kysely';
import { auditHash } from './audit-hash.js';
import type { RegistryDatabase } from './database.js';
import type { AuditRow, StateRow, Tables } from './tables.js';

export type Clock = () => number;

/** What an audit entry says besides who and when. */
export interface Audited {
  action: string;
  subjectType: AuditEntry['subjectType'];
  subject: string;
  ward: string | null;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
}

/** One change in the making: rows, audit entries and records for the journal, committed together. */
export class Change {
  private audited = 0;

  constructor(
    readonly db: Transaction<Tables>,
    readonly nowMs: number,
    private readonly state: StateRow,
    /** The system's clock; another time than `nowMs` while the station is ahead of a clock that was set back. */
    private readonly systemMs: number = nowMs,
  ) {}

  /** The earliest that it can be now: what ends now has not lasted longer. */
  get earliestMs(): number {
    return Math.min(this.nowMs, this.systemMs);
  }

  /** The latest that it can be now: what begins now has not begun before. */
  get latestMs(): number {
    return Math.max(this.nowMs, this.systemMs);
  }

  get origin(): Origin {
    return this.state.origin;
  }

  /** Adds an entry to the chain. */
  async audit(actor: Actor, audited: Audited): Promise<void> {
    const entry: Omit<AuditRow, 'hash'> = {
      id: this.state.audit_id + 1,
      at_ms: this.nowMs,
      person: actor.person,
      name: actor.name,
      role: actor.role,
      action: audited.action,
      subject_type: audited.subjectType,
      subject: audited.subject,
      ward: audited.ward,
      before: textOf(audited.before),
      after: textOf(audited.after),
      reason: audited.reason ?? null,
    };
    const hash = auditHash(this.state.audit_hash, entry);
    await this.db
      .insertInto('audit')
      .values({ ...entry, hash })
      .execute();
    this.state.audit_id = entry.id;
    this.state.audit_hash = hash;
    this.audited++;
  }

  /** Leaves a record for the journal's `ward` stream. */
  async emit(key: string, record: WardRecord): Promise<void> {
    await this.db
      .insertInto('outbox')
      .values({ record_key: key, record: JSON.stringify(record) })
      .execute();
  }

  /** @param raises whether the revision grows: not for a mere note. */
  async finish(raises: boolean): Promise<void> {
    if (this.audited === 0) return;
    await this.db
      .updateTable('registry_state')
      .set((eb) => ({
        revision: eb('revision', '+', raises ? 1 : 0),
        audit_id: this.state.audit_id,
        audit_hash: this.state.audit_hash,
      }))
      .execute();
  }
}

export class Changes {
  constructor(
    readonly database: RegistryDatabase,
    readonly clock: Clock,
    private readonly systemClock: Clock = clock,
  ) {}

  /** Makes one change after another, in all processes; each sees what the ones before have done. */
  make<T>(body: (change: Change) => Promise<T>, { raises = true } = {}): Promise<T> {
    return this.database.write(async (db) => {
      const state = await lockState(db);
      // once it is this change's turn: what is in force from now on must not begin while it waited
      const change = new Change(
        db,
        Math.round(this.clock()),
        state,
        Math.round(this.systemClock()),
      );
      const result = await body(change);
      await change.finish(raises);
      return result;
    });
  }
}

async function lockState(db: Transaction<Tables>): Promise<StateRow> {
  return db
    .updateTable('registry_state')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
