import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { type GatewayApp, makeFolder, removeFolder, startGateway } from './gateway-app.js';

let folder: string;
let gateway: GatewayApp;

afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

/** As somebody who is signed in; fetch would not let us choose Host. */
function ask(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const all = { ...gateway.headers, ...headers };
    const asked = request(`${gateway.url}${path}`, { headers: all }, (response) => {
      let body = '';
      response.on('data', (bytes: Buffer) => (body += bytes.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Whether a browser's page of that origin gets a socket. */
function socketFrom(origin: string | undefined, host?: string): Promise<'connected' | 'refused'> {
  const extraHeaders = {
    ...gateway.headers,
    ...(origin ? { origin } : {}),
    ...(host ? { host } : {}),
  };
  const socket = io(gateway.url, { reconnection: false, transports: ['websocket'], extraHeaders });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', () => resolve('refused'));
  }).finally(() => socket.disconnect()) as Promise<'connected' | 'refused'>;
}

describe('who may ask', () => {
  beforeEach(async () => {
    folder = makeFolder();
    gateway = await startGateway(folder);
  });

  it('answers to its own names only: no page can reach it under a name of its choice', async () => {
    const { port } = new URL(gateway.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect([host, (await ask('/api/patients', { host })).status]).toEqual([host, 200]);
    }
    for (const host of [
      `evil.example:${port}`,
      `ward`,
      `10.1.2.3:${port}`,
      'localhost.evil.example',
    ]) {
      const { status, body } = await ask('/api/patients', { host });
      expect([host, status]).toEqual([host, 403]);
      expect(JSON.parse(body)).toMatchObject({
        statusCode: 403,
        message: expect.stringMatching(/host name/),
      });
    }
    expect(await socketFrom(undefined, `evil.example:${port}`)).toBe('refused');
  });

  it('does not wait for a request that never ends', async () => {
    const { port } = new URL(gateway.url);
    const slow = connect(Number(port), '127.0.0.1');
    slow.write('GET /api/patients HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const drip = setInterval(() => slow.write('a'), 500);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      slow.on('data', (bytes: Buffer) => (text += bytes.toString()));
      slow.on('close', () => resolve(text));
      slow.on('error', () => undefined);
    });
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  }, 15_000);

  it('answers errors as JSON with a sentence, and tells nothing of its insides', async () => {
    for (const path of ['/nothing', '/assets/none.js', '/api/patients/%E0%A4%A', '/%E0%A4%A']) {
      const { status, body } = await ask(path, {});
      expect([path, status === 404 || status === 400]).toEqual([path, true]);
      expect(JSON.parse(body)).toMatchObject({ statusCode: status, message: expect.any(String) });
      expect(body).not.toMatch(/node_modules|\.ts|\.js:/);
    }
  });

  it('lets no page of another origin use the API or a socket', async () => {
    const host = new URL(gateway.url).host;
    expect((await ask('/api/patients', { host, origin: gateway.url })).status).toBe(200);
    expect(await socketFrom(gateway.url)).toBe('connected');
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1.evil.example',
      'http://localhost:5173',
    ]) {
      expect([origin, (await ask('/api/patients', { host, origin })).status]).toEqual([
        origin,
        403,
      ]);
      expect([origin, await socketFrom(origin)]).toEqual([origin, 'refused']);
    }
    expect(await socketFrom(undefined)).toBe('connected');
  });

  it('sends strict headers with everything, and never lets health data be cached', async () => {
    for (const path of ['/', '/api/patients', '/health/live', '/nothing']) {
      const { headers } = await fetch(`${gateway.url}${path}`);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await fetch(`${gateway.url}/api/patients`)).headers.get('cache-control')).toBe(
      'no-store',
    );
  });
});

describe('the dashboard', () => {
  let build: string;

  beforeEach(async () => {
    build = mkdtempSync(join(tmpdir(), 'vigil-dashboard-'));
    folder = makeFolder();
    gateway = await startGateway(folder, {}, build);
  });
  afterEach(() => rmSync(build, { recursive: true, force: true }));

  it('is missing with a sentence until it is built', async () => {
    const response = await fetch(`${gateway.url}/`);
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/npm run build/);
  });

  it('is one page for every address of its own, beside its files', async () => {
    mkdirSync(join(build, 'assets'));
    writeFileSync(join(build, 'index.html'), '<title>ward</title>');
    writeFileSync(join(build, 'assets/main-1a2b.js'), 'let x = 1;');
    for (const path of ['/', '/patients/p1', '/index.html']) {
      const response = await fetch(`${gateway.url}${path}`);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe('<title>ward</title>');
    }
    const script = await fetch(`${gateway.url}/assets/main-1a2b.js`);
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    expect(script.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    for (const path of [
      '/assets/none.js',
      '/../vigil.json',
      '/%2e%2e/vigil.json',
      '/patients/a/b/c',
    ]) {
      expect([path, (await ask(path, {})).status]).toEqual([path, 404]);
    }
  });
});

describe('with --allow-remote', () => {
  it('also answers to addresses and names without a dot, never to names that others may own', async () => {
    folder = makeFolder();
    gateway = await startGateway(folder, { allowRemote: true });
    for (const host of ['10.1.2.3:8080', 'station:8080', 'localhost']) {
      expect([host, (await ask('/health/live', { host })).status]).toEqual([host, 200]);
    }
    expect((await ask('/health/live', { host: 'evil.example' })).status).toBe(403);
    expect(
      (await ask('/health/live', { host: 'station:8080', origin: 'http://other:8080' })).status,
    ).toBe(403);
    expect(
      (await ask('/health/live', { host: 'station:8080', origin: 'http://station:8080' })).status,
    ).toBe(200);
  });
});
