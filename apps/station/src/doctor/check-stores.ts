import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSeriesStore } from '@app/series';
import type { Settings } from '../settings.js';
import { type Finding, good, problem } from './finding.js';

/** SQLite files that are small enough to be read through; segments of the journal are checked when they are read. */
const FILES = ['registry.db', 'history.db', 'journal/journal.sqlite'];
const RESTORE = 'docs/operations.md, "When a file is damaged"';

export async function checkStores(settings: Settings): Promise<Finding[]> {
  const files = FILES.filter((name) => existsSync(join(settings.data, name))).map((name) =>
    ofFile(settings, name),
  );
  return [...files, await history(settings)];
}

function ofFile({ data }: Settings, name: string): Finding {
  try {
    const database = new DatabaseSync(join(data, name), { readOnly: true });
    try {
      const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
      return row.quick_check === 'ok'
        ? good(name, 'sound')
        : problem(name, row.quick_check, RESTORE);
    } finally {
      database.close();
    }
  } catch (error) {
    return problem(name, (error as Error).message, RESTORE);
  }
}

async function history({ influxUrl, historyDays, data }: Settings): Promise<Finding> {
  if (influxUrl === undefined) return good('history', `SQLite in ${data}, ${historyDays} days`);
  const store = openSeriesStore({ kind: 'influx', url: influxUrl, retentionDays: historyDays });
  try {
    await store.ping();
    return good('history', `${store.description} answers`);
  } catch (error) {
    return problem(
      'history',
      `${store.description} does not answer: ${(error as Error).message}`,
      'start it; the station keeps results until it is back',
    );
  } finally {
    await store.close();
  }
}
