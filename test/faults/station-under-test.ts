import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The program as `npm run build:server` leaves it. */
export const STATION_PROGRAM = resolve('dist/apps/station/src/main.js');

export interface StationOptions {
  dataFolder: string;
  models: string;
  /** Default: any free one. */
  mqttPort?: number;
}

interface Addresses {
  httpUrl: string;
  brokerUrl: string;
}

/** A whole station in a process of its own, on a data folder that outlives it. */
export class StationUnderTest {
  private constructor(
    private readonly child: ChildProcess,
    readonly addresses: Addresses,
    readonly output: string[],
  ) {}

  /** Starts it and waits until it listens; its processor comes up a little later. */
  static async start(options: StationOptions): Promise<StationUnderTest> {
    const { dataFolder, models, mqttPort = 0 } = options;
    const flags = ['--data', dataFolder, '--models', models, '--mqtt-port', `${mqttPort}`];
    flags.push('--http-port', '0');
    const child = spawn(process.execPath, [STATION_PROGRAM, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    }
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the station ended before it listened:\n${output.join('')}`);
    });
    const ready = new Promise<Addresses>((done) => {
      child.on('message', (message: { ready?: Addresses }) => {
        if (message.ready !== undefined) done(message.ready);
      });
    });
    return new StationUnderTest(child, await Promise.race([ready, ended]), output);
  }

  get mqttPort(): number {
    return Number(new URL(this.addresses.brokerUrl).port);
  }

  /** Its processor processes: all that it has forked. */
  processors(): number[] {
    const { pid } = this.child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  }

  /** SIGKILL: no signal handler, no last words. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
