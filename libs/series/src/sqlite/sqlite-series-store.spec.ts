import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSeriesStore } from '../open-series-store.js';
import { describeSeriesContract, vitalOf } from '../testing/series-contract.js';

const folder = mkdtempSync(join(tmpdir(), 'vigil-series-'));
let count = 0;
const file = () => join(folder, `${count++}.db`);

afterAll(() => rmSync(folder, { recursive: true }));

describeSeriesContract('SQLite', async () =>
  openSeriesStore({ kind: 'sqlite', file: file(), retentionDays: 30 }),
);

describe('SqliteSeriesStore', () => {
  it('deletes results older than its retention', async () => {
    const store = openSeriesStore({ kind: 'sqlite', file: file(), retentionDays: 30 });
    const dayMs = 86_400_000;
    const { endMs } = vitalOf(0);
    await store.writeVitals([vitalOf(0)]);
    await store.writeVitals([vitalOf(1, { endMs: endMs + 29 * dayMs })]);
    expect(await store.readWindows({ patient: 'P-01', limit: 10 })).toHaveLength(2);
    await store.writeVitals([vitalOf(2, { endMs: endMs + 31 * dayMs })]);
    expect(
      (await store.readWindows({ patient: 'P-01', limit: 10 })).map((vital) => vital.window),
    ).toEqual([1, 2]);
    await store.close();
  });
});
