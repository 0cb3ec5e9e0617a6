import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CANARY,
  CANARY_BPM,
  CANARY_DUE_MS,
  type CanaryEvent,
  type WardRecord,
  decodeWardRecord,
} from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { Server } from 'socket.io';
import { Health } from '../../platform/health.js';
import { readSettings } from '../../settings.js';
import { WallFollower } from '../wall/wall-follower.js';
import { CanaryMetrics } from './canary-metrics.js';
import { CanaryWatch } from './canary-watch.js';
import { HealthWords } from './health-words.js';
import type { StationServer } from './station-socket.js';

const START_MS = 1_790_000_000_000;

let folder: string;
let journal: SqliteJournal;
let metrics: Registry;
let health: Health;
let server: StationServer;
let nowMs: number;
let tell: (event: CanaryEvent) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-canary-'));
  journal = await openSqliteJournal({ folder, partitions: 1 });
  metrics = new Registry();
  health = new Health();
  server = new Server();
  nowMs = START_MS;
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

const clock = { nowMs: () => nowMs };

function watch(canary: boolean): { watch: CanaryWatch; words: HealthWords } {
  const follower = new WallFollower(journal, clock, metrics, health);
  follower.onCanary = (listener) => {
    tell = listener;
  };
  const healthWords = new HealthWords(journal, clock);
  const settings = readSettings({ canary: String(canary) }, {});
  const made = new CanaryWatch(
    clock,
    settings,
    health,
    follower,
    healthWords,
    new CanaryMetrics(metrics),
  );
  made.start(server);
  return { watch: made, words: healthWords };
}

function event(windowEndMs: number): CanaryEvent {
  const id = `${CANARY}:b:${windowEndMs}`;
  return {
    type: 'canary',
    id,
    patient: CANARY,
    origin: 'live',
    bpm: CANARY_BPM.rate,
    windowEndMs,
    atMs: windowEndMs,
  };
}

async function words(): Promise<WardRecord[]> {
  return (await journal.read('ward', 0, 0, 100)).map(({ value }) => decodeWardRecord(value));
}

const part = () => health.parts().find(({ name }) => name === 'canary');

describe('the watch over the canary', () => {
  it('misses it after its time, from the start and from the last that came through', async () => {
    const { watch: canary } = watch(true);
    nowMs = START_MS + CANARY_DUE_MS;
    expect(part()).toMatchObject({ ok: true, required: false });
    nowMs += 1;
    expect(part()).toMatchObject({
      ok: false,
      message:
        'No test signal (canary) has come through for 2 min: screens may not show what is true',
    });
    expect(canary.health()).toEqual({ lastMs: null, latencyP99Ms: null });

    tell(event(nowMs - 50));
    await new Promise(setImmediate);
    expect(part()).toMatchObject({ ok: true });
    expect(canary.health()?.lastMs).toBe(nowMs);
    const age = await metrics.getSingleMetric('vigil_canary_age_seconds')?.get();
    expect(age?.values[0]?.value).toBe(0);
    nowMs += CANARY_DUE_MS + 1;
    expect(part()).toMatchObject({ ok: false });
    canary.stop();
  });

  it('misses nothing where there is none', () => {
    const { watch: canary } = watch(false);
    nowMs = START_MS + 10 * CANARY_DUE_MS;
    expect(part()).toBeUndefined();
    expect(canary.health()).toBeNull();
    canary.stop();
  });
});

describe('words of health', () => {
  it('are said when they change and every half minute, each part and ward for itself', async () => {
    const own = new HealthWords(journal, clock);
    const say = (ok: boolean, ward: string) =>
      own.say({ part: 'dashboards', ward, ok, message: ok ? '' : 'nobody' });
    await say(true, 'main');
    await say(true, 'east');
    nowMs += 29_999;
    await say(true, 'main');
    expect(await words()).toHaveLength(2);
    await say(false, 'main');
    expect((await words()).at(-1)).toEqual({
      type: 'health',
      part: 'dashboards',
      ward: 'main',
      ok: false,
      message: 'nobody',
      atMs: nowMs,
    });
    nowMs += 1;
    await say(false, 'main');
    await say(true, 'east');
    expect(await words()).toHaveLength(4);
  });
});
