import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HistoryResponse, WaveformResponse, WindowsResponse } from '@app/contracts';
import { SeriesAwayError } from '@app/series';
import { API_SCHEMAS } from '../../apps/station/src/gateway/http/api-schemas.js';
import { type GatewayApp, makeFolder, removeFolder, startGateway, until } from './gateway-app.js';
import {
  alarmOf,
  appendFrame,
  appendLink,
  appendVital,
  deviceOf,
  frameOf,
  vitalOf,
} from './gateway-records.js';

const START_MS = 1_790_000_000_000;
let folder: string;
let gateway: GatewayApp;

async function get(path: string): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await gateway.get(path);
  return { status: response.status, body: await response.json(), headers: response.headers };
}

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  const { journal, series } = gateway;
  const vitals = Array.from({ length: 30 }, (_, window) => vitalOf('p1', window));
  await series.writeVitals(vitals);
  await series.writeEvents([
    alarmOf('p1', 'e1', { atMs: START_MS + 20_000 }),
    alarmOf('p1', 'e2', { atMs: START_MS + 30_000, signal: 'off', change: 'ended' }),
  ]);
  await gateway.admit('p1', 'p2');
  await appendLink(journal, 'p1', true, START_MS);
  await appendVital(journal, vitals.at(-1)!);
  await appendLink(journal, 'p2', true, START_MS);
  await until(async () => {
    const { status } = await get('/api/patients/p1/vitals/latest');
    return status === 200 && (await get('/api/patients/p2')).status === 200 ? true : null;
  });
});
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

describe('patients', () => {
  it('all, one, and the last window; as documented', async () => {
    const all = API_SCHEMAS.PatientsResponse.strict().parse((await get('/api/patients')).body);
    expect(all.patients.map(({ patient, origin }) => [patient, origin])).toEqual([
      ['p1', 'simulated'],
      ['p2', 'simulated'],
    ]);
    const one = API_SCHEMAS.PatientState.strict().parse((await get('/api/patients/p1')).body);
    expect(one).toEqual(all.patients[0]);
    const latest = await get('/api/patients/p1/vitals/latest');
    expect(API_SCHEMAS.VitalSigns.strict().parse(latest.body)).toEqual(vitalOf('p1', 29));
  });

  it.each([
    ['/api/patients/nobody', 404, 'there is no patient nobody'],
    ['/api/patients/p2/vitals/latest', 404, 'p2 has no live window yet'],
    [
      '/api/patients/-p',
      400,
      'patient: must be 1 to 36 letters, digits, dots, dashes or underscores',
    ],
    ['/api/patients/nobody/history', 404, 'there is no patient nobody'],
  ])('%s: %d', async (path, status, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(API_SCHEMAS.ApiError.strict().parse(answer.body)).toMatchObject({
      statusCode: status,
      message,
    });
  });
});

describe('history', () => {
  it('gives buckets and events of the range, oldest first, with the origin', async () => {
    const { body, status } = await get(
      `/api/patients/p1/history?from=${START_MS}&to=${START_MS + 60_000}&bucket=20000`,
    );
    expect(status).toBe(200);
    API_SCHEMAS.HistoryResponse.strict().parse(body);
    const history = body as HistoryResponse;
    expect(history).toMatchObject({
      patient: 'p1',
      origin: 'simulated',
      fromMs: START_MS,
      toMs: START_MS + 60_000,
      bucketMs: 20_000,
    });
    expect(history.points.map(({ atMs }) => atMs - START_MS)).toEqual([0, 20_000, 40_000]);
    expect(history.points.every(({ bpm }) => bpm !== null && bpm > 69 && bpm < 80)).toBe(true);
    expect(history.events.map(({ id }) => id)).toEqual(['e1', 'e2']);
  });

  it('takes ISO times and chooses buckets', async () => {
    const from = new Date(START_MS).toISOString();
    const to = new Date(START_MS + 3_600_000).toISOString();
    const { body } = await get(`/api/patients/p1/history?from=${from}&to=${to}`);
    expect((body as HistoryResponse).bucketMs).toBe(7200);
  });

  it.each([
    ['from=yesterday', /^from: must be ms since 1970 or ISO 8601/],
    ['from=2026-01-31', /^from: /],
    ['from=10&to=10', /^from must be before to$/],
    [`from=0&to=${START_MS}`, /more than 366 days/],
    [
      `from=${START_MS}&to=${START_MS + 86_400_000}&bucket=2000`,
      /^that is more than 5000 buckets: a bucket of at least 17280 ms fits$/,
    ],
    ['bucket=10', /^bucket must be at least 2000 ms$/],
    ['bucket=-1', /^bucket: must be a whole number$/],
    ['bucket=2000&bucket=3000', /^bucket: /],
    ['colour=red', /colour/],
  ])('refuses ?%s with a sentence', async (query, message) => {
    const { status, body } = await get(`/api/patients/p1/history?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ statusCode: 400, message: expect.stringMatching(message) });
  });

  it('gives windows as stored, in pages', async () => {
    const query = `device=${deviceOf('p1')}&bootId=boot-1`;
    const first = (await get(`/api/patients/p1/windows?${query}&limit=20`)).body as WindowsResponse;
    API_SCHEMAS.WindowsResponse.strict().parse(first);
    const rest = (await get(`/api/patients/p1/windows?${query}&afterWindow=19`))
      .body as WindowsResponse;
    expect([...first.windows, ...rest.windows]).toEqual(
      Array.from({ length: 30 }, (_, window) => vitalOf('p1', window)),
    );
    expect(rest.origin).toBe('simulated');
    const { body, status } = await get('/api/patients/p1/windows?afterWindow=3');
    expect(status).toBe(400);
    expect(body).toMatchObject({ message: expect.stringMatching(/afterWindow needs device/) });
    expect((await get('/api/patients/p1/windows?limit=5001')).status).toBe(400);
  });

  it('says 503 while the store is away', async () => {
    const away = jest
      .spyOn(gateway.series, 'readTrend')
      .mockRejectedValue(new SeriesAwayError('connection refused'));
    const { status, body } = await get('/api/patients/p1/history');
    away.mockRestore();
    expect(status).toBe(503);
    expect(body).toMatchObject({
      message: expect.stringMatching(/^the history store \(SQLite.*is away/),
    });
  });

  it('gives the samples of a range from the journal, live ones of that patient', async () => {
    const { journal } = gateway;
    const before = Date.now();
    for (let second = 0; second < 3; second++) {
      await appendFrame(journal, 'p1', frameOf(deviceOf('p1'), second));
      await appendFrame(journal, 'p2', frameOf(deviceOf('p2'), second));
    }
    await appendFrame(journal, 'p1', frameOf(deviceOf('p1'), 50), 'backfill');
    const range = (from: number, to: number) =>
      get(`/api/patients/p1/waveform?from=${from}&to=${to}`);
    const waveform = (await range(before, before + 60_000)).body as WaveformResponse;
    API_SCHEMAS.WaveformResponse.strict().parse(waveform);
    expect(waveform.origin).toBe('simulated');
    expect(waveform.segments.map(({ monotonicUs }) => monotonicUs)).toEqual([0, 1e6, 2e6]);
    expect(waveform.segments[1]?.traces[0]).toMatchObject({
      kind: 'ppg',
      label: '530 nm',
      sampleRateHz: 25,
    });
    expect(waveform.segments[1]?.traces[3]?.values).toEqual(Array.from({ length: 25 }, () => 1));
    expect(((await range(before - 60_000, before)).body as WaveformResponse).segments).toEqual([]);
    expect(await range(before, before + 60_001)).toMatchObject({
      status: 400,
      body: { message: 'from and to may be at most 60 s apart' },
    });
    expect((await get('/api/patients/p1/waveform')).status).toBe(400);
  });
});

interface Operation {
  summary?: string;
  parameters: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

/** `GET /api/patients/{patient}` of every route that is served, pages and metrics apart. */
function servedRoutes(): string[] {
  const layers = gateway.app.getHttpAdapter().getInstance().router.stack as {
    route?: { path: string; methods: Record<string, boolean> };
  }[];
  return layers
    .flatMap(({ route }) =>
      route === undefined
        ? []
        : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    )
    .filter((route) => / \/(api\/(?!docs)|health)/.test(route))
    .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
}

describe('the OpenAPI document', () => {
  it('names every route that is served, with its parameters', async () => {
    const document = (await get('/api/docs-json')).body as Document;
    expect(document.openapi).toBe('3.1.0');
    const served = servedRoutes();
    expect(new Set(served).size).toBeGreaterThan(40);
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );
    expect(new Set(described.map(({ route }) => route))).toEqual(new Set(served));
    for (const { route, operation } of described) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect([route, new Set(named.map(({ name }) => name))]).toEqual([route, new Set(inPath)]);
      expect(operation.summary).toMatch(/\.$/);
      expect(Object.keys(operation.responses).some((status) => /^20[014]$/.test(status))).toBe(
        true,
      );
    }
    const names = (path: string) =>
      document.paths[path]?.['get']?.parameters.map(({ name }) => name);
    expect(names('/api/patients/{patient}/history')).toEqual(
      expect.arrayContaining(['patient', 'from', 'to', 'bucket']),
    );
    expect(names('/api/patients/{patient}/windows')).toEqual(
      expect.arrayContaining(['device', 'bootId', 'afterWindow', 'limit']),
    );
    expect(names('/api/wards/{ward}/alarms')).toEqual(
      expect.arrayContaining(['ward', 'patient', 'rule', 'priority', 'fromMs', 'toMs', 'limit']),
    );
    expect(document.paths['/api/wards/{ward}/patients']?.['post']?.requestBody).toMatchObject({
      content: {
        'application/json': { schema: { $ref: '#/components/schemas/AdmitRequest' } },
      },
    });
  });

  it('has no reference that leads nowhere', async () => {
    const document = (await get('/api/docs-json')).body as Document;
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref]) => ref!,
    );
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1];
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
  });

  it('is shown on a page whose files all come from this server', async () => {
    const response = await gateway.get('/api/docs');
    const html = await response.text();
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      expect([file, (await gateway.get(`/api/${file}`)).status]).toEqual([file, 200]);
    }
    expect(html).not.toMatch(/<script>/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });
});
