import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSeriesStore } from '@app/series';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf, vitalOf } from '../../libs/series/src/testing/series-contract.js';
import { requirement } from '../requirements.js';
import { Influxd } from '../servers/influxd.js';
import { Station } from '../servers/station.js';

interface Target {
  query?: string;
  expr?: string;
}
interface Panel {
  title: string;
  targets: Target[];
}
const BOARD = join(import.meta.dirname, '../../docker/grafana/dashboards/ward.json');
const { panels } = JSON.parse(readFileSync(BOARD, 'utf8')) as { panels: Panel[] };

const influxQueries = panels.flatMap(({ title, targets }) =>
  targets.flatMap(({ query }) => (query === undefined ? [] : [[title, query] as const])),
);
const metricNames = new Set(
  panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr?.match(/vigil_[a-z_]+/g) ?? []),
  ),
);

requirement('influxd')("the board's queries against a real InfluxDB", () => {
  let server: Influxd;

  beforeAll(async () => {
    server = await Influxd.start();
    const store = openSeriesStore({ kind: 'influx', url: server.url('vigil'), retentionDays: 365 });
    await store.prepare();
    await store.writeVitals([vitalOf(0), vitalOf(1, {}, null), vitalOf(2)]);
    await store.writeEvents([eventOf(0)]);
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  it.each(influxQueries)('%s gives values', async (_title, query) => {
    const { endMs } = vitalOf(0);
    // As Grafana fills in its variables.
    const filled = query
      .replaceAll('$timeFilter', `time >= ${endMs - 60_000}ms AND time < ${endMs + 60_000}ms`)
      .replaceAll('$__interval', '10s')
      .replaceAll('$patient', '(P-01|P-02)');
    expect(filled).not.toMatch(/\$[a-z_]/);
    const answer = await fetch(
      `http://127.0.0.1:${server.port}/query?db=vigil&q=${encodeURIComponent(filled)}`,
    );
    const body = (await answer.json()) as {
      results: { error?: string; series?: { values: unknown[][] }[] }[];
    };
    expect(body.results[0]?.error).toBeUndefined();
    const values = body.results[0]?.series?.[0]?.values ?? [];
    expect(values.some((row) => row.slice(1).some((value) => value !== null))).toBe(true);
  });
});

describe("the board's metrics", () => {
  it('are metrics of the station', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigil-board-'));
    const station = await Station.start(folder);
    try {
      await station.untilReady();
      const text = await (await fetch(new URL('/metrics', station.httpUrl))).text();
      const known = new Set(
        text.match(/^# TYPE (\S+)/gm)?.map((line) => line.slice('# TYPE '.length)),
      );
      expect(metricNames.size).toBeGreaterThan(3);
      for (const name of metricNames)
        expect(known).toContain(name.replace(/_(bucket|sum|count)$/, ''));
    } finally {
      await station.stop();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
