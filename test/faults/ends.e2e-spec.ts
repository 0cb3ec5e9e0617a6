import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(180_000);

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/apps/cli/src/main.js');

let data: string;
let started: ChildProcess;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vigil-ends-'));
});
afterEach(() => {
  for (const { pid } of running()) process.kill(pid, 'SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Every process with this test's data folder among its arguments. Linux only. */
function running(): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandOf(name) }))
    .filter(({ command }) => command.includes(data));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Starts a program with the demo's flags and waits until the demo says that it is open. */
async function demo(command: string, ...before: string[]): Promise<{ errors: () => string }> {
  const flags = ['--data', data, '--mqtt-port', '0', '--http-port', '0'];
  started = spawn(command, [...before, ...flags], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  started.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    started.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Press Ctrl+C')) resolve();
    });
    started.once('exit', (code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
  return { errors: () => errors };
}

it('a demo whose station is killed says so and ends with 1', async () => {
  const { errors } = await demo(process.execPath, CLI, 'demo');
  const station = running().find(({ command }) => command.includes('apps/station'));
  process.kill(station!.pid, 'SIGKILL');
  const [code] = await once(started, 'close');
  expect(code).toBe(1);
  expect(errors()).toContain('The station has ended (SIGKILL), and the demo with it.');
});

it('a station ends when the demo is killed', async () => {
  await demo(process.execPath, CLI, 'demo');
  started.kill('SIGKILL');
  await untilNothingRuns();
});

it('a demo that npm started ends when the shell of npm is killed', async () => {
  // As npm does it: a shell between, to which alone npm tells its signals.
  await demo('sh', '-c', '"$0" scripts/vigil.mjs demo "$@"; exit $?', process.execPath);
  started.kill('SIGTERM');
  await untilNothingRuns();
});

async function untilNothingRuns(): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (running().length > 0 && performance.now() < deadlineMs) await sleep(100);
  expect(running()).toEqual([]);
}
