/**
 * What a full wall costs the screen's main thread, frame by frame: `npm run build && npx node test/bench/wall-frames.mjs [seconds]`.
 * A built station with twelve simulated patients, shown as 64 on 1920 × 1080 with four running signals, in a Chromium whose trace
 * is recorded. Script and layout of every frame; `cpu` is the thread's own time, `wall` what a clock saw, other work of the machine
 * included. With VIGIL_TRACE=<file> the trace is kept, for Chromium's DevTools.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { multiplied } from '../browser/multiplied.ts';
import { frameCosts, percentile } from './frame-costs.mjs';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');
const PLACES = 64;
const SIGNALS = 4;
const BUDGET_MS = 8;
const seconds = Number(process.argv[2] ?? 20);

const folder = mkdtempSync(join(tmpdir(), 'vigil-frames-'));
const demo = spawn(
  process.execPath,
  [CLI, 'demo', '--data', folder, '--mqtt-port', '0', '--http-port', '0'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const browser = await chromium.launch({
  executablePath: process.env.VIGIL_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await multiplied(page, PLACES);
  await signIn(page, await linkOf(demo));
  await page.waitForFunction(
    (places) => document.querySelectorAll('.tile').length === places,
    PLACES,
  );
  await page.locator('h1').click();
  for (let i = 0; i < SIGNALS; i++) await page.locator('.signal-button').nth(i).click();
  await page.waitForTimeout(8000);
  await browser.startTracing(page, {
    categories: [
      'devtools.timeline',
      'disabled-by-default-devtools.timeline.frame',
      'v8',
      '__metadata',
    ],
  });
  await page.waitForTimeout(seconds * 1000);
  const trace = await browser.stopTracing();
  if (process.env.VIGIL_TRACE !== undefined) writeFileSync(process.env.VIGIL_TRACE, trace);
  const shown = await page.locator('.tile-signal').count();
  const frames = frameCosts(JSON.parse(trace.toString()).traceEvents);
  print(frames, shown);
} finally {
  await browser.close();
  demo.kill('SIGTERM');
  if (demo.exitCode === null) await once(demo, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function linkOf(child) {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const link = /https?:\/\/\S+\/sign-in#\S+/.exec(printed)?.[0];
      if (link !== undefined && printed.includes('Press Ctrl+C')) resolve(link);
    });
    child.once('exit', (code) => reject(new Error(`the station ended with ${code}: ${printed}`)));
  });
}

async function signIn(page, link) {
  await page.goto(link);
  for (const label of ['Choose a password', 'The same password again']) {
    await page.getByLabel(label).fill('three-quiet-boats');
  }
  await page.getByRole('button', { name: 'Set the password and sign in' }).click();
}

function print(frames, signals) {
  say(
    `${frames.length} frames in ${seconds} s (${(frames.length / seconds).toFixed(0)} a second), ${PLACES} tiles, ${signals} signals; ms per frame`,
  );
  const rows = [
    ['script + layout', (cost) => cost.script + cost.layout],
    ['script', (cost) => cost.script],
    ['style and layout', (cost) => cost.layout],
    ['paint', (cost) => cost.paint],
  ];
  say(`${''.padEnd(18)}clock   p50    p95    p99    max`);
  for (const [name, of] of rows) {
    for (const clock of ['cpu', 'wall']) {
      const costs = frames.map((frame) => of(frame[clock])).toSorted((a, b) => a - b);
      const cells = [0.5, 0.95, 0.99, 1].map((p) => percentile(costs, p).toFixed(2).padStart(6));
      say(`${name.padEnd(18)}${clock.padEnd(5)}${cells.join(' ')}`);
    }
  }
  const all = frames.map(({ cpu }) => cpu.script + cpu.layout).toSorted((a, b) => a - b);
  const p95 = percentile(all, 0.95);
  say(`script + layout, p95 of CPU time: ${p95.toFixed(2)} ms, budget ${BUDGET_MS} ms`);
  process.exitCode = p95 <= BUDGET_MS ? 0 : 1;
}
