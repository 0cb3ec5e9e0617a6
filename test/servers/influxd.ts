import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 30_000;

/** A real InfluxDB 1.x of this test's own, on a free port, with its files in a temporary folder. */
export class Influxd {
  private process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<Influxd> {
    const server = new Influxd(mkdtempSync(join(tmpdir(), 'vigil-influxd-')), await freePort());
    writeFileSync(join(server.folder, 'influxdb.conf'), server.configuration(await freePort()));
    await server.resume();
    return server;
  }

  url(database: string): string {
    return `http://127.0.0.1:${this.port}/${database}`;
  }

  /** Starts it again on the same files. */
  async resume(): Promise<void> {
    const child = spawn('influxd', ['run', '-config', join(this.folder, 'influxdb.conf')], {
      stdio: 'ignore',
    });
    this.process = child;
    const deadlineMs = performance.now() + READY_WITHIN_MS;
    while (performance.now() < deadlineMs) {
      if (child.exitCode !== null) throw new Error(`influxd ended with code ${child.exitCode}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/ping`).catch(() => null);
      if (answer?.status === 204) return;
      await sleep(100);
    }
    throw new Error('influxd did not answer in time');
  }

  /** Ends the server and keeps its files. */
  async halt(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child === null || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private configuration(rpcPort: number): string {
    const path = (name: string) => JSON.stringify(join(this.folder, name));
    return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = ${path('meta')}
[data]
  dir = ${path('data')}
  wal-dir = ${path('wal')}
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${this.port}"
  log-enabled = false
[monitor]
  store-enabled = false
`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
