import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Another operating system process that changes a registry (admitting-program.ts). */
export class AdmittingChild {
  /** Changes that it has said to be durable. */
  done = 0;
  private readonly process: ChildProcessByStdio<null, Readable, null>;
  private readonly ended: Promise<unknown>;
  private waiting: { count: number; reached: () => void } | null = null;

  constructor(folder: string, patient: string, changes: number) {
    const hooks = new URL('../../../journal/src/testing/from-source.mjs', import.meta.url).href;
    const program = fileURLToPath(new URL('admitting-program.ts', import.meta.url));
    const options = ['--no-warnings', '--experimental-transform-types', '--import', hooks];
    this.process = spawn(process.execPath, [...options, program, folder, patient, `${changes}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const lines = createInterface({ input: this.process.stdout });
    lines.on('line', (line) => {
      this.done = Number(line);
      if (this.waiting !== null && this.done >= this.waiting.count) this.waiting.reached();
    });
    this.ended = Promise.all([once(this.process, 'exit'), once(lines, 'close')]);
  }

  /** Resolves when so many changes are durable; rejects when it ends before. */
  async reaches(count: number): Promise<void> {
    if (this.done >= count) return;
    const reached = new Promise<void>((resolve) => {
      this.waiting = { count, reached: resolve };
    });
    await Promise.race([reached, this.ended.then(() => this.requireDone(count))]);
  }

  private requireDone(count: number): void {
    if (this.done < count) throw new Error(`it ended after ${this.done} changes`);
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** @returns its exit code. */
  async end(): Promise<number | null> {
    await this.ended;
    return this.process.exitCode;
  }
}
