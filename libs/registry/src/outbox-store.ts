import type { WardRecord } from '@app/contracts';
import { announceAll } from './announce-all.js';
import type { Changes } from './change.js';
import type { Actor, Outbox } from './registry.js';

/** Records removed by one statement. */
const AT_ONCE = 500;

export class OutboxStore implements Outbox {
  constructor(private readonly changes: Changes) {}

  announceAll(actor: Actor): Promise<void> {
    return announceAll(this.changes, actor);
  }

  async peek(limit: number): Promise<{ id: number; key: string; record: WardRecord }[]> {
    const rows = await this.changes.database.reader
      .selectFrom('outbox')
      .selectAll()
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, record_key: key, record }) => ({
      id,
      key,
      record: JSON.parse(record) as WardRecord,
    }));
  }

  async remove(ids: readonly number[]): Promise<void> {
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const some = ids.slice(i, i + AT_ONCE);
      await this.changes.database.write((db) =>
        db.deleteFrom('outbox').where('id', 'in', some).execute(),
      );
    }
  }
}
