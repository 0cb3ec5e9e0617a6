import type { WardRecord } from '@app/contracts';
import type { RegistryDatabase } from './database.js';
import type { Outbox } from './registry.js';

/** Records removed by one statement. */
const AT_ONCE = 500;

export class OutboxStore implements Outbox {
  constructor(private readonly database: RegistryDatabase) {}

  async peek(limit: number): Promise<{ id: number; key: string; record: WardRecord }[]> {
    const rows = await this.database.reader
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
      await this.database.write((db) => db.deleteFrom('outbox').where('id', 'in', some).execute());
    }
  }
}
