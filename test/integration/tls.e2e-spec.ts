import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { io } from 'socket.io-client';
import { requirement } from '../requirements.js';
import { Station } from '../servers/station.js';
import { vigil } from '../servers/vigil.js';

let data: string;
let station: Station;
let root: string;
let secret: string;

/** An answer over HTTPS, trusting `ca` alone. */
const answerOf = (url: string, ca: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    get(url, { ca }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'vigil-tls-'));
  const added = await vigil(
    'device',
    'add',
    'watch-1',
    '--patient',
    'p-1',
    '--data',
    data,
    '--json',
  );
  secret = (JSON.parse(added.stdout) as { secret: string }).secret;
  station = await Station.start(data, ['--tls', 'local', '--tls-names', 'ward-3.lan']);
  root = readFileSync(join(data, 'tls', 'vigil-root.pem'), 'utf8');
}, 90_000);

afterAll(async () => {
  await station.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('a station with a certificate of its own', () => {
  it('says that it is encrypted, and answers who trusts its root', async () => {
    expect(station.httpUrl).toMatch(/^https:/);
    expect(station.brokerUrl).toMatch(/^mqtts:/);
    const { status, body } = await answerOf(`${station.httpUrl}/health/live`, root);
    expect([status, body]).toEqual([200, '{"live":true}']);
    const certificate = new X509Certificate(readFileSync(join(data, 'tls', 'certificate.pem')));
    expect(certificate.checkHost('ward-3.lan')).toBe('ward-3.lan');
  });

  it('is trusted by nobody else, and speaks no plain HTTP', async () => {
    await expect(answerOf(`${station.httpUrl}/health/live`, '')).rejects.toThrow(/certificate/);
    await expect(
      new Promise((resolve, reject) => {
        httpGet(station.httpUrl.replace('https:', 'http:'), resolve).on('error', reject);
      }),
    ).rejects.toThrow();
  });

  it('takes sockets over TLS: the handshake is refused for want of a sign-in, not of trust', async () => {
    const socket = io(station.httpUrl, {
      ca: root,
      transports: ['websocket'],
      reconnection: false,
    });
    const error = await new Promise<Error>((resolve, reject) => {
      socket.once('connect_error', resolve);
      socket.once('connect', () => reject(new Error('nobody has signed in')));
    });
    socket.disconnect();
    expect(error.message).toMatch(/sign in/i);
  });

  it('refuses old protocols', async () => {
    const { port } = new URL(station.brokerUrl.replace('mqtts:', 'https:'));
    await expect(
      new Promise((resolve, reject) => {
        const socket = connect({
          port: Number(port),
          host: '127.0.0.1',
          ca: root,
          maxVersion: 'TLSv1.1',
          minVersion: 'TLSv1',
          ciphers: 'DEFAULT@SECLEVEL=0',
        });
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
      }),
    ).rejects.toThrow();
  });
});

requirement('mosquitto_pub')('wearables', () => {
  it('takes a wearable that trusts the root, and none that trusts another', async () => {
    const { port } = new URL(station.brokerUrl.replace('mqtts:', 'https:'));
    const publish = (cafile: string) =>
      new Promise<{ code: number | null; text: string }>((resolve) => {
        const child = spawn('mosquitto_pub', [
          ...`-h 127.0.0.1 -p ${port} --cafile ${cafile} -i watch-1 -u watch-1`.split(' '),
          ...`-P ${secret} -q 1 -t vigil/v1/watch-1/status -m {"state":"online"}`.split(' '),
        ]);
        let text = '';
        child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
        child.on('close', (code) => resolve({ code, text }));
      });
    expect(await publish(join(data, 'tls', 'vigil-root.pem'))).toMatchObject({ code: 0 });
    const stranger = await publish('/etc/ssl/certs/ca-certificates.crt');
    expect(stranger.code).not.toBe(0);
  });
});

it('refuses to be reached from other machines without encryption, and says how', async () => {
  const finished = await vigil('start', '--data', join(data, 'x'), '--host', '0.0.0.0');
  expect(finished.code).toBe(2);
  expect(finished.stderr).toContain('--tls local');
}, 60_000);
