import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';

interface Notes {
  notes: { id: number; text: string | null };
}

let folder: string;
let db: Kysely<Notes>;
let other: DatabaseSync;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-driver-'));
  const file = join(folder, 'notes.db');
  db = new Kysely({ dialect: nodeSqliteDialect(new DatabaseSync(file), 200) });
  await sql`PRAGMA journal_mode = WAL`.execute(db);
  await db.schema
    .createTable('notes')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('text', 'text')
    .execute();
  other = new DatabaseSync(file);
});
afterEach(async () => {
  await db.destroy();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const texts = async () =>
  (await db.selectFrom('notes').select('text').orderBy('id').execute()).map(({ text }) => text);

describe('NodeSqliteDriver', () => {
  it('says what a statement did', async () => {
    const inserted = await db.insertInto('notes').values({ id: 7, text: 'a' }).executeTakeFirst();
    expect(inserted).toMatchObject({ insertId: 7n, numInsertedOrUpdatedRows: 1n });
    const returned = await db
      .insertInto('notes')
      .values({ id: 8, text: null })
      .returningAll()
      .executeTakeFirst();
    expect(returned).toEqual({ id: 8, text: null });
    expect(await db.updateTable('notes').set({ text: 'b' }).executeTakeFirst()).toMatchObject({
      numUpdatedRows: 2n,
    });
    expect(await db.deleteFrom('notes').where('id', '=', 9).executeTakeFirst()).toMatchObject({
      numDeletedRows: 0n,
    });
    const streamed = [];
    for await (const row of db.selectFrom('notes').selectAll().stream()) streamed.push(row.id);
    expect(streamed).toEqual([7, 8]);
  });

  it('keeps all of a transaction or nothing', async () => {
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      await trx.insertInto('notes').values({ id: 1, text: 'again' }).execute();
    });
    await expect(failing).rejects.toThrow('UNIQUE');
    expect(await texts()).toEqual([]);
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'a' }).execute();
    });
    expect(await texts()).toEqual(['a']);
  });

  it('runs transactions one after another', async () => {
    await Promise.all(
      [1, 2, 3, 4].map((id) =>
        db.transaction().execute(async (trx) => {
          const rows = await trx.selectFrom('notes').select('id').execute();
          await trx
            .insertInto('notes')
            .values({ id, text: `${rows.length}` })
            .execute();
        }),
      ),
    );
    expect(await texts()).toEqual(['0', '1', '2', '3']);
  });

  it('waits for another writer without holding up this thread', async () => {
    other.exec('BEGIN IMMEDIATE');
    const written = db
      .transaction()
      .execute((trx) => trx.insertInto('notes').values({ id: 1, text: 'late' }).execute());
    let turns = 0;
    const turning = setInterval(() => {
      if (++turns === 5) other.exec('COMMIT');
    }, 2);
    await written;
    clearInterval(turning);
    expect(turns).toBeGreaterThanOrEqual(5);
    expect(await texts()).toEqual(['late']);
  });

  it('gives up when the other never ends, and works again afterwards', async () => {
    other.exec('BEGIN IMMEDIATE');
    const attempt = () =>
      db
        .transaction()
        .execute((trx) => trx.insertInto('notes').values({ id: 1, text: 'a' }).execute());
    await expect(attempt()).rejects.toThrow('has been writing to the registry for 200 ms');
    other.exec('COMMIT');
    await attempt();
    expect(await texts()).toEqual(['a']);
  });
});
