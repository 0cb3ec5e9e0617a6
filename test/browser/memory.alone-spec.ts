import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { CDPSession } from 'playwright-core';
import { requirement } from '../requirements.js';
import { TestBrowser } from './browser.js';
import { SimulatedWard, scenarioOf } from './simulated-ward.js';

/** How long pages are opened, switched and closed; with VIGIL_LONG=1 ten minutes. */
const IS_LONG = process.env['VIGIL_LONG'] === '1';
const SECONDS = IS_LONG ? 600 : 15;
/** Before the first look, so that all programs and caches are there. */
const WARM_UP_ROUNDS = 12;
/** What may be left over after a garbage collection: less than a tenth of a page's nodes a round would show within seconds. */
const MOST = { heapBytes: 3 * 1024 * 1024, nodes: 300, listeners: 100 };

jest.setTimeout((SECONDS + 180) * 1000);

interface Held {
  heapBytes: number;
  nodes: number;
  listeners: number;
}

requirement('chromium')('the memory of a screen', () => {
  const ward = new SimulatedWard();
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await TestBrowser.start();
    await ward.start(scenarioOf({ climbing: false }));
  });

  afterAll(async () => {
    await browser?.close();
    await ward.stop();
  });

  it(`is flat over ${SECONDS} s of opening, switching and closing`, async () => {
    const { page, complaints } = await ward.screen(browser);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(new URL('/ward/main', ward.url).href);
    await page.locator('.tile').nth(11).waitFor();
    for (let i = 0; i < WARM_UP_ROUNDS; i++) await page.evaluate(ROUND(i));
    const looks = [await held(session)];
    const startMs = performance.now();
    for (let i = 0; performance.now() - startMs < SECONDS * 1000; i++) {
      await page.evaluate(ROUND(i));
      if (i % 20 === 19) looks.push(await held(session));
    }
    looks.push(await held(session));
    const [first] = looks;
    const last = looks.at(-1);
    if (IS_LONG) process.stderr.write(`${JSON.stringify(looks)}\n`);
    for (const name of ['heapBytes', 'nodes', 'listeners'] as const) {
      expect([name, (last?.[name] ?? 0) - (first?.[name] ?? 0) <= MOST[name]]).toEqual([
        name,
        true,
      ]);
    }
    expect(complaints).toEqual([]);
  });
});

/** The wall with signals opened and closed, a patient, the log, and back: every time the wall looks the same again. In the page. */
const ROUND = (i: number) => `(async () => {
  const go = (path) => { history.pushState(null, '', path); dispatchEvent(new Event('vigil:navigated')); };
  const there = async (selector, count) => {
    const untilMs = performance.now() + 30_000;
    while (document.querySelectorAll(selector).length !== count) {
      if (performance.now() > untilMs) throw new Error('not there: ' + count + ' of ' + selector);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const press = () => [${i % 12}, ${(i + 5) % 12}].forEach((k) => document.querySelectorAll('.signal-button')[k].click());
  press();
  await there('.tile-signal canvas', 2);
  go('/patients/P-${String((i % 12) + 1).padStart(2, '0')}');
  await there('.trend canvas', 1);
  go('/ward/main/alarms');
  await there('main form', 1);
  go('/ward/main');
  await there('.tile-signal canvas', 2);
  press();
  await there('.tile-signal', 0);
})()`;

/** After a forced garbage collection. */
async function held(session: CDPSession): Promise<Held> {
  // What the first one has set free may hold more.
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    heapBytes: value('JSHeapUsedSize'),
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
  };
}
