import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StationSession } from '../../apps/cli/src/session/station-session.js';

const PROGRAM = join(import.meta.dirname, '../../dist/apps/station/src/main.js');
/** Long: a busy machine starts many processes at a time. */
const READY_WITHIN_MS = 120_000;

/** The built station in a process of its own, as an operator runs it. */
export class Station {
  private session: Promise<StationSession> | null = null;

  private constructor(
    readonly process: ChildProcess,
    private readonly data: string,
    readonly brokerUrl: string,
    readonly httpUrl: string,
  ) {}

  /** Starts it on a data folder; ports are free ones unless `flags` say otherwise. `environment` goes to what it forks too. */
  static async start(
    data: string,
    flags: readonly string[] = [],
    environment: Record<string, string> = {},
  ): Promise<Station> {
    if (!existsSync(PROGRAM))
      throw new Error('dist/ is missing: `npm test` builds it, or run `npm run build`');
    const all = ['--data', data, '--mqtt-port', '0', '--http-port', '0', ...flags];
    const child = spawn(process.execPath, [PROGRAM, ...all], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...environment },
    });
    let complaint = '';
    child.stderr?.on(
      'data',
      (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4000)),
    );
    const ready = await new Promise<{ brokerUrl: string; httpUrl: string }>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`the station is not ready: ${complaint}`));
        child.kill('SIGKILL');
      }, READY_WITHIN_MS);
      // `close`: with all that it has said.
      child.once('close', (code) => {
        clearTimeout(timer);
        reject(new Error(`the station ended with ${code}: ${complaint}`));
      });
      child.on('message', (message: { ready?: { brokerUrl: string; httpUrl: string } }) => {
        if (message.ready === undefined) return;
        clearTimeout(timer);
        resolve(message.ready);
      });
    });
    return new Station(child, data, ready.brokerUrl, ready.httpUrl);
  }

  /** Process ids of its processor processes: all that it has forked. Linux only. */
  processors(): number[] {
    const { pid } = this.process;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  }

  /** What the station answers to a program that is signed in from its data folder. */
  async ask(path: string): Promise<Response> {
    this.session ??= StationSession.open(this.data);
    const headers = (await this.session).headersFor(this.httpUrl);
    return fetch(new URL(path, this.httpUrl), { headers });
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.ask(path)).json()) as T;
  }

  /** Waits until every part that it needs is ready, the processor's process included. */
  async untilReady(): Promise<void> {
    const deadlineMs = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const answer = await fetch(new URL('/health/ready', this.httpUrl));
      if (answer.ok) return;
      if (performance.now() > deadlineMs) throw new Error(`not ready: ${await answer.text()}`);
      await sleep(200);
    }
  }

  /** Ends it with SIGTERM, or as told. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const session = this.session;
    this.session = null;
    await (await session)?.close();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    await ended;
  }
}
