import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In a process of its own: the system's clock is as far off as the file says, from a tenth of a second after it says so. */
const PRELOAD = `
import { readFileSync } from 'node:fs';
const now = Date.now;
let offMs = 0;
setInterval(() => { try { offMs = Number(readFileSync(process.env.TEST_CLOCK, 'utf8')); } catch {} }, 100).unref();
Date.now = () => now() + offMs;
`;

/** The clock of the machine that a station runs on, as far as the station can see: one that somebody sets. */
export class SettableClock {
  private readonly folder = mkdtempSync(join(tmpdir(), 'vigil-clock-'));
  private readonly file = join(this.folder, 'off-ms');

  /** For every process that shall follow it. */
  get environment(): Record<string, string> {
    const preload = `data:text/javascript,${encodeURIComponent(PRELOAD)}`;
    return { TEST_CLOCK: this.file, NODE_OPTIONS: `--import ${preload}` };
  }

  /** @param ms how far it is ahead of the true time from now on */
  set(ms: number): void {
    writeFileSync(this.file, String(ms));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
