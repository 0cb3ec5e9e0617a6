import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../dist/apps/station/src/main.js');
const READY_WITHIN_MS = 60_000;

/** A built station on an empty folder, as somebody sees it who starts it for the first time: by what it prints. */
export class FirstStart {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly brokerUrl: string,
    readonly httpUrl: string,
    /** By which the administrator signs in, once. */
    readonly link: string,
  ) {}

  static async run(): Promise<FirstStart> {
    const folder = mkdtempSync(join(tmpdir(), 'vigil-first-'));
    const flags = ['--data', folder, '--mqtt-port', '0', '--http-port', '0'];
    const child = spawn(process.execPath, [PROGRAM, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let printed = '';
    const ready = await new Promise<{ brokerUrl: string; httpUrl: string; link: string }>(
      (resolve, reject) => {
        let urls: { brokerUrl: string; httpUrl: string } | null = null;
        const timer = setTimeout(() => reject(new Error(`not ready: ${printed}`)), READY_WITHIN_MS);
        const look = () => {
          const link = /https?:\/\/\S+\/sign-in#\S+/.exec(printed)?.[0];
          if (link === undefined || urls === null) return;
          clearTimeout(timer);
          resolve({ ...urls, link });
        };
        const take = (chunk: Buffer) => {
          printed = (printed + chunk.toString()).slice(-20_000);
          look();
        };
        child.stdout?.on('data', take);
        child.stderr?.on('data', take);
        child.on('message', (message: { ready?: { brokerUrl: string; httpUrl: string } }) => {
          urls = message.ready ?? urls;
          look();
        });
        child.once('close', (code) => reject(new Error(`ended with ${code}: ${printed}`)));
      },
    );
    return new FirstStart(child, folder, ready.brokerUrl, ready.httpUrl, ready.link);
  }

  address(path: string): string {
    return new URL(path, this.httpUrl).href;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
