import type { AlarmEvent, AlarmLogEntry, AlarmLogQuery } from '@app/contracts';
import type { RegistryDatabase } from './database.js';
import { pageLimit } from './page-limit.js';
import type { AlarmLog } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';

/** Events written by one statement: PostgreSQL and SQLite bound its parameters. */
const AT_ONCE = 500;
/** How many appended events lie between two prunings. */
const PRUNE_EVERY = 2000;

/** The latest 100,000 alarm events at least. */
export class AlarmLogStore implements AlarmLog {
  private sincePruned = PRUNE_EVERY;

  constructor(
    private readonly database: RegistryDatabase,
    private readonly kept: number = REGISTRY_BOUNDS.alarmLogEntries,
  ) {}

  async append(entries: readonly Omit<AlarmLogEntry, 'id'>[]): Promise<void> {
    for (let i = 0; i < entries.length; i += AT_ONCE) {
      await this.appendSome(entries.slice(i, i + AT_ONCE));
    }
  }

  private async appendSome(entries: readonly Omit<AlarmLogEntry, 'id'>[]): Promise<void> {
    const values = entries.map(({ ward, bed, event }) => ({
      event_id: event.id,
      ward,
      bed,
      patient: event.patient,
      rule: event.rule,
      priority: event.priority,
      at_ms: event.atMs,
      event: JSON.stringify(event),
    }));
    await this.database.write(async (db) => {
      await db
        .insertInto('alarm_log')
        .values(values)
        .onConflict((conflict) => conflict.column('event_id').doNothing())
        .execute();
      this.sincePruned += values.length;
      if (this.sincePruned < PRUNE_EVERY) return;
      this.sincePruned = 0;
      await db
        .deleteFrom('alarm_log')
        .where('id', '<=', (eb) =>
          eb.selectFrom('alarm_log').select('id').orderBy('id', 'desc').offset(this.kept).limit(1),
        )
        .execute();
    });
  }

  async query(query: AlarmLogQuery): Promise<AlarmLogEntry[]> {
    let select = this.database.reader
      .selectFrom('alarm_log')
      .select(['id', 'ward', 'bed', 'event'])
      .orderBy('id', 'desc')
      .limit(pageLimit(query.limit));
    if (query.ward !== undefined) select = select.where('ward', '=', query.ward);
    if (query.patient !== undefined) select = select.where('patient', '=', query.patient);
    if (query.rule !== undefined) select = select.where('rule', '=', query.rule);
    if (query.priority !== undefined) select = select.where('priority', '=', query.priority);
    if (query.fromMs !== undefined) select = select.where('at_ms', '>=', query.fromMs);
    if (query.toMs !== undefined) select = select.where('at_ms', '<', query.toMs);
    if (query.beforeId !== undefined) select = select.where('id', '<', query.beforeId);
    const rows = await select.execute();
    return rows.map(({ event, ...row }) => ({ ...row, event: JSON.parse(event) as AlarmEvent }));
  }

  async find(eventId: string): Promise<AlarmLogEntry | null> {
    const row = await this.database.reader
      .selectFrom('alarm_log')
      .select(['id', 'ward', 'bed', 'event'])
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    return row === undefined ? null : { ...row, event: JSON.parse(row.event) as AlarmEvent };
  }
}
