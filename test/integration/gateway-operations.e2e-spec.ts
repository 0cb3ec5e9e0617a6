import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReadyResponse } from '@app/contracts';
import { Counter, Histogram, Registry } from 'prom-client';
import type { ProcessMetrics } from '../../apps/station/src/operations/metrics-sources.js';
import { type GatewayApp, makeFolder, removeFolder, startGateway, until } from './gateway-app.js';
import { appendProgress } from './gateway-records.js';

let folder: string;
let gateway: GatewayApp;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

async function ready(): Promise<{ status: number; body: ReadyResponse }> {
  const response = await fetch(`${gateway.url}/health/ready`);
  return { status: response.status, body: (await response.json()) as ReadyResponse };
}

function notReady({ parts }: ReadyResponse): string[] {
  return parts.filter(({ ok }) => !ok).map(({ name }) => name);
}

describe('health', () => {
  it('is live at once, and ready when journal, processor and alarm machine move', async () => {
    expect(await (await fetch(`${gateway.url}/health/live`)).json()).toEqual({ live: true });
    const before = await ready();
    expect(before.status).toBe(503);
    expect(before.body.ready).toBe(false);
    expect(notReady(before.body)).toEqual(['processor progress', 'alarm progress']);
    await appendProgress(gateway.journal, Date.now());
    const after = await until(async () => {
      const answer = await ready();
      return answer.status === 200 ? answer : null;
    });
    expect(after.body.ready).toBe(true);
    expect(after.body.parts.map(({ name }) => name)).toContain('journal');
  });

  it('is not ready again when the last progress is old', async () => {
    await appendProgress(gateway.journal, Date.now() - 4000);
    await until(async () => ((await ready()).status === 200 ? true : null));
    const { body } = await until(async () => {
      const answer = await ready();
      return answer.status === 503 ? answer : null;
    });
    expect(notReady(body)).toEqual(['processor progress', 'alarm progress']);
    expect(body.parts.find(({ name }) => name === 'alarm progress')?.message).toBe(
      'The alarm machine is 5 s behind',
    );
  });

  it('stays ready without the history store, and says that it is away', async () => {
    const away = { ok: false, message: 'History store is away for 12 s' };
    gateway.health.register('history store', () => away, false);
    await appendProgress(gateway.journal, Date.now());
    const { body } = await until(async () => {
      const answer = await ready();
      return answer.status === 200 ? answer : null;
    });
    expect(body.parts).toContainEqual({ name: 'history store', ...away });
    gateway.health.register('broker', () => ({ ok: false, message: 'The broker does not listen' }));
    expect((await ready()).status).toBe(503);
  });

  it('sees a journal that fails, and one that is well again', async () => {
    const failing = jest
      .spyOn(gateway.journal, 'bounds')
      .mockRejectedValue(new Error('the disk is gone'));
    const { body } = await until(async () => {
      const answer = await ready();
      return notReady(answer.body).includes('journal') ? answer : null;
    });
    expect(body.parts).toContainEqual({
      name: 'journal',
      ok: false,
      message: 'The journal cannot be read: the disk is gone',
    });
    failing.mockRestore();
    await until(async () => (notReady((await ready()).body).includes('journal') ? null : true));
  });
});

describe('metrics', () => {
  it('adds up those of this process and of its children, and does without a child that is gone', async () => {
    gateway.sources.add(async () => [await childMetrics(3), await childMetrics(4)]);
    gateway.sources.add(() => Promise.reject(new Error('gone')));
    const response = await fetch(`${gateway.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^vigil_windows_total 7$/m);
    expect(text).toMatch(/^vigil_inference_seconds_bucket\{le="0.01"\} 0$/m);
    expect(text).toMatch(/^vigil_inference_seconds_bucket\{le="1"\} 2$/m);
    expect(text).toMatch(/^vigil_inference_seconds_count 2$/m);
    expect(text).toMatch(/^vigil_gateway_clients 0$/m);
  });
});

async function childMetrics(windows: number): Promise<ProcessMetrics> {
  const registry = new Registry();
  const registers = [registry];
  const buckets = [0.01, 1];
  new Counter({ name: 'vigil_windows_total', help: 'Windows.', registers }).inc(windows);
  new Histogram({ name: 'vigil_inference_seconds', help: 'Time.', buckets, registers }).observe(
    0.5,
  );
  return registry.getMetricsAsJSON();
}
