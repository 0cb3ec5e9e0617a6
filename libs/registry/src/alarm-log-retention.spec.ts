import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmLogStore } from './alarm-log-store.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import { SqliteDatabase } from './sqlite/sqlite-database.js';

let folder: string;
let database: SqliteDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-registry-'));
  database = new SqliteDatabase(join(folder, 'registry.db'));
  await migrate(database, MIGRATIONS, () => Promise.resolve());
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function entries(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => {
    const event = { id: `e${from + i}`, patient: 'p', rule: 'no-data', priority: 'low', atMs: i };
    return { ward: 'main', bed: null, event: event as AlarmEvent };
  });
}

async function count(): Promise<number> {
  const { total } = await database.reader
    .selectFrom('alarm_log')
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

it('keeps as many events as it promises, and not much more', async () => {
  const log = new AlarmLogStore(database, 1000);
  let most = 0;
  for (let i = 0; i < 8000; i += 500) {
    await log.append(entries(i, i + 500));
    const total = await count();
    expect(total).toBeGreaterThanOrEqual(Math.min(i + 500, 1000));
    most = Math.max(most, total);
    const [latest] = await log.query({ limit: 1 });
    expect(latest?.event.id).toBe(`e${i + 499}`);
  }
  expect(most).toBeLessThanOrEqual(3000);
});

it('counts what is new, however often events come again', async () => {
  const log = new AlarmLogStore(database, 1000);
  await log.append(entries(0, 1500));
  for (let i = 0; i < 10; i++) await log.append(entries(500, 1500));
  expect(await count()).toBeGreaterThanOrEqual(1000);
  expect((await log.query({ limit: 1 }))[0]?.event.id).toBe('e1499');
});
