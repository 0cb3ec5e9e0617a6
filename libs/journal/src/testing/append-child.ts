import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Acknowledged {
  partition: number;
  offset: number;
  key: string;
  text: string;
}

/** Another operating system process that appends to a journal (append-program.ts). */
export class AppendChild {
  readonly acknowledged: Acknowledged[] = [];
  readonly #process: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<number | null>;
  #errors = '';
  #wanted = { count: Number.POSITIVE_INFINITY, reached: () => {} };

  constructor(folder: string, key: string, options: { count: number; segmentBytes?: number }) {
    this.#process = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--experimental-transform-types',
        '--import',
        new URL('from-source.mjs', import.meta.url).href,
        fileURLToPath(new URL('append-program.ts', import.meta.url)),
        folder,
        key,
        String(options.count),
        String(options.segmentBytes ?? 65_536),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
    );
    this.#process.stderr.on('data', (data) => (this.#errors += String(data)));
    const lines = createInterface({ input: this.#process.stdout });
    lines.on('line', (line) => this.#acknowledge(line));
    this.#ended = Promise.all([once(this.#process, 'exit'), once(lines, 'close')]).then(
      () => this.#process.exitCode,
    );
  }

  /** Resolves when so many records are acknowledged. */
  async reaches(count: number): Promise<void> {
    if (this.acknowledged.length >= count) return;
    const reached = new Promise<void>((resolve) => {
      this.#wanted = { count, reached: resolve };
    });
    await Promise.race([
      reached,
      this.#ended.then((code) => {
        throw new Error(`the appending process ended with ${code}: ${this.#errors}`);
      }),
    ]);
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  async finishes(): Promise<void> {
    const code = await this.#ended;
    if (code !== 0) throw new Error(`the appending process ended with ${code}: ${this.#errors}`);
  }

  #acknowledge(line: string): void {
    const [partition, offset, key, text] = line.split(' ');
    // The last line of a killed process may be cut short.
    if (text === undefined || !text.endsWith('x')) return;
    this.acknowledged.push({
      partition: Number(partition),
      offset: Number(offset),
      key: key ?? '',
      text,
    });
    if (this.acknowledged.length >= this.#wanted.count) this.#wanted.reached();
  }
}
