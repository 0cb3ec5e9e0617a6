import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ApiError, ExplanationResponse, VitalSigns, WindowsResponse } from '@app/contracts';
import { readFileSync } from 'node:fs';
import { scenarioSchema } from '@app/ward';
import { explanationResponse } from '../../apps/station/src/gateway/http/explanation-schema.js';
import { SimulatedWard } from '../browser/simulated-ward.js';
import { until } from '../browser/browser.js';

jest.setTimeout(120_000);

const scenario = scenarioSchema.parse({
  wearables: [
    {
      device: 'watch-1',
      patient: 'P-01',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 72 }],
    },
    {
      device: 'watch-2',
      patient: 'P-02',
      timeline: [{ atSeconds: 0, activity: 'running', heartRateBpm: 140 }],
    },
  ],
});

interface Answer<T> {
  status: number;
  body: T;
  tookMs: number;
}

describe('GET /api/patients/:patient/explanation', () => {
  const ward = new SimulatedWard();

  beforeAll(async () => {
    await ward.start(scenario);
    await until('twenty stored windows of each', 60_000, async () => {
      const all = await Promise.all(['P-01', 'P-02'].map(windowsOf));
      return all.every((windows) => windows.length >= 20);
    });
  });

  afterAll(() => ward.stop());

  async function windowsOf(patient: string): Promise<VitalSigns[]> {
    const path = `/api/patients/${patient}/windows`;
    const { windows = [] } = await ward.station.get<Partial<WindowsResponse>>(path);
    return windows.filter(({ lane }) => lane === 'live');
  }

  async function ask<T = ExplanationResponse>(
    patient: string,
    query: Record<string, string | number>,
  ): Promise<Answer<T>> {
    const entries = Object.entries(query).map(([key, value]) => [key, String(value)]);
    const search = new URLSearchParams(Object.fromEntries(entries));
    const startMs = performance.now();
    const answer = await ward.station.ask(`/api/patients/${patient}/explanation?${search}`);
    const body = (await answer.json()) as T;
    return { status: answer.status, body, tookMs: performance.now() - startMs };
  }

  const keyOf = ({ device, bootId, window }: VitalSigns) => ({ device, bootId, window });

  /** The explainer's process: the station's only child that runs its program. */
  function explainers(): number[] {
    return ward.station
      .processors()
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('explainer-process'));
  }

  it('explains a window of a resting and of a running patient, and computes what was served', async () => {
    expect(explainers()).toEqual([]);
    const times: number[] = [];
    for (const patient of ['P-01', 'P-02', 'P-01', 'P-02']) {
      const vital = (await windowsOf(patient)).at(-1)!;
      const { status, body, tookMs } = await ask(patient, keyOf(vital));
      times.push(Math.round(tookMs));
      expect({ status, body }).toMatchObject({ status: 200 });
      expect(explanationResponse.parse(body)).toEqual(body);
      expect(body.served).toEqual(vital);
      // the boot's first sample is within reach, so nothing is approximate here
      expect(body.recomputed).toEqual(vital.heartRate);
      expect(body.explanation?.result.bpm).toBeCloseTo(vital.heartRate.estimateBpm!, 2);
      expect(body.explanation?.parts.length).toBeGreaterThan(20);
    }
    process.stderr.write(`explanations took ${times.join(', ')} ms, the first with its process\n`);
    expect(explainers()).toHaveLength(1);
    const running = await ask('P-02', keyOf((await windowsOf('P-02')).at(-1)!));
    expect(running.body.explanation?.cadence).not.toBeNull();
  });

  it('says the same when it is asked again', async () => {
    const vital = (await windowsOf('P-02')).at(-1)!;
    const [first, second] = [await ask('P-02', keyOf(vital)), await ask('P-02', keyOf(vital))];
    expect({ ...second.body, tookMs: 0 }).toEqual({ ...first.body, tookMs: 0 });
  });

  it('explains without a number why there is none', async () => {
    const first = (await windowsOf('P-01'))[0]!;
    const { body } = await ask('P-01', keyOf(first));
    expect(body.recomputed.withheld).toBe(first.heartRate.withheld);
    expect(body.replayedWindows).toBe(0);
  });

  it('refuses with a sentence what it does not know', async () => {
    const vital = (await windowsOf('P-01')).at(-1)!;
    const key = keyOf(vital);
    const refused = (patient: string, query: Record<string, string | number>) =>
      ask<ApiError>(patient, query);
    expect(await refused('P-99', key)).toMatchObject({
      status: 404,
      body: { message: 'there is no patient P-99' },
    });
    expect(await refused('P-01', { ...key, window: 4000 })).toMatchObject({
      status: 404,
      body: { message: expect.stringMatching(/^there is no result of window 4000 of watch-1/) },
    });
    // somebody else's window
    expect(await refused('P-02', key)).toMatchObject({ status: 404 });
    for (const wrong of [{ window: 'x' }, { window: -1 }, { lane: 'other' }, { other: 1 }]) {
      expect(await refused('P-01', { ...key, ...wrong })).toMatchObject({ status: 400 });
    }
    const { window: _, ...lacking } = key;
    expect(await refused('P-01', lacking)).toMatchObject({ status: 400 });
  });

  it('computes at most two at once and refuses more, aloud', async () => {
    const vital = (await windowsOf('P-01')).at(-1)!;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask<ApiError>('P-01', keyOf(vital))),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { body } of busy) expect(body.message).toMatch(/try again/);
  });

  it('starts its process again when it was killed, and counts how each request ended', async () => {
    const vital = (await windowsOf('P-01')).at(-1)!;
    const [pid] = explainers();
    process.kill(pid!, 'SIGSTOP');
    const waiting = [1, 2].map(() => ask<ApiError>('P-01', keyOf(vital)));
    // both are with the process as soon as a third is refused
    await until('a third is refused', 4000, async () => {
      const { body } = await ask<ApiError>('P-01', keyOf(vital));
      return body.message.includes('try again in a second');
    });
    process.kill(pid!, 'SIGKILL');
    for (const answer of await Promise.all(waiting)) {
      expect(answer).toMatchObject({
        status: 503,
        body: { message: expect.stringMatching(/the explainer failed/) },
      });
    }
    expect(await ask('P-01', keyOf(vital))).toMatchObject({ status: 200 });
    const metrics = await (await fetch(new URL('/metrics', ward.url))).text();
    for (const outcome of ['explained', 'busy', 'ended'])
      expect(metrics).toMatch(
        new RegExp(`vigil_explanations_total\\{outcome="${outcome}"\\} [1-9]`),
      );
  });

  it('gives up after 5 s', async () => {
    const vital = (await windowsOf('P-01')).at(-1)!;
    process.kill(explainers()[0]!, 'SIGSTOP');
    const { status, body, tookMs } = await ask<ApiError>('P-01', keyOf(vital));
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { message: expect.stringMatching(/not ready within 5 s/) },
    });
    expect(tookMs).toBeGreaterThan(4900);
    expect(await ask('P-01', keyOf(vital))).toMatchObject({ status: 200 });
  });

  it('is in the OpenAPI document', async () => {
    const document = await ward.station.get<{ paths: Record<string, unknown> }>('/api/docs-json');
    expect(document.paths['/api/patients/{patient}/explanation']).toMatchObject({
      get: { parameters: expect.arrayContaining([expect.objectContaining({ name: 'window' })]) },
    });
  });
});
