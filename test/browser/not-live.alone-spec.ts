import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { type Screen, TestBrowser, sleep, until } from './browser.js';
import { SimulatedWard, scenarioOf } from './simulated-ward.js';

jest.setTimeout(120_000);

const numbers = (page: Page) => page.locator('[data-testid=bpm]').allInnerTexts();
const bar = (page: Page) => page.locator('.not-live');

/** The bar within 4 s of the loss, every number gone within 10 s. */
async function expectNotLive(page: Page, part: string): Promise<void> {
  const lostMs = performance.now();
  const words = new RegExp(`NOT LIVE since \\d\\d:\\d\\d:\\d\\d — ${part}`);
  await until(
    `the bar says ${part}`,
    4000,
    async () => (await bar(page).count()) === 1 && words.test(await bar(page).innerText()),
  );
  expect(await page.title()).toBe('NOT LIVE – Vigil');
  await until('all numbers gone', 10_000 - (performance.now() - lostMs), async () =>
    (await numbers(page)).every((text) => text === '—'),
  );
}

/** Live again with numbers, on the page as it was: a reload would have lost the mark. */
async function expectRecovery(page: Page): Promise<void> {
  await bar(page).waitFor({ state: 'detached', timeout: 30_000 });
  await until('numbers again', 30_000, async () =>
    (await numbers(page)).some((text) => Number(text) > 30),
  );
  expect(await page.locator('.life').getAttribute('data-state')).toBe('live');
  expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
}

requirement('chromium')('a screen that lost what is behind it', () => {
  const ward = new SimulatedWard();
  let browser: TestBrowser;
  let screen: Screen;

  beforeAll(async () => {
    browser = await TestBrowser.start();
    await ward.start(scenarioOf({ climbing: false }));
    screen = await ward.screen(browser);
    await screen.page.goto(ward.url);
    await screen.page.evaluate('globalThis.sameDocument = true');
  });

  beforeEach(async () => {
    const { page } = screen;
    await until('every number', 60_000, async () => {
      const all = await numbers(page);
      return all.length === 12 && all.every((text) => Number(text) > 30);
    });
  });

  afterAll(async () => {
    ward.signalProcessors('SIGCONT');
    ward.signal('SIGCONT');
    await browser?.close();
    await ward.stop();
  });

  it('says so when the station hangs, and recovers', async () => {
    ward.signal('SIGSTOP');
    await expectNotLive(screen.page, 'no connection to the station');
    ward.signal('SIGCONT');
    await expectRecovery(screen.page);
  });

  it('says so when the station is killed, and recovers when it runs again', async () => {
    const restarted = ward.killAndRestart(12_000);
    await expectNotLive(screen.page, 'no connection to the station');
    await restarted;
    await expectRecovery(screen.page);
  });

  it('says so when the processor dies again and again, and recovers when it lives', async () => {
    const enough = new AbortController();
    const killing = (async () => {
      for (; !enough.signal.aborted; await sleep(50)) ward.signalProcessors('SIGKILL');
    })();
    await expectNotLive(screen.page, 'no new values come in');
    enough.abort();
    await killing;
    await expectRecovery(screen.page);
  });

  it('shows nothing after the tab was hidden, until a fresh snapshot is there', async () => {
    const { page } = await ward.screen(browser);
    let held: (() => void)[] | null = null;
    await page.routeWebSocket(/socket\.io/, (client) => {
      const server = client.connectToServer();
      // Answers to requests are acknowledgements: 43<id>[…]. That of a room is its snapshot.
      server.onMessage((message) => {
        if (held !== null && /^43\d+\[\{"room"/.test(String(message)))
          held.push(() => client.send(message));
        else client.send(message);
      });
    });
    await page.goto(ward.url);
    await until('numbers', 20_000, async () => (await numbers(page)).some((t) => Number(t) > 30));
    held = [];
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await until('blank', 1000, async () => (await numbers(page)).every((text) => text === '—'));
    await until('asked', 2000, async () => held?.length === 1);
    expect(await page.locator('.life').getAttribute('data-state')).toBe('waiting');
    for (const release of held) release();
    held = null;
    await until('numbers again', 2000, async () =>
      (await numbers(page)).some((text) => Number(text) > 30),
    );
    await page.context().close();
  });

  it('repairs a lost update by a snapshot', async () => {
    const { page } = await ward.screen(browser);
    let lose = false;
    const asked: string[] = [];
    await page.routeWebSocket(/socket\.io/, (client) => {
      const server = client.connectToServer();
      client.onMessage((message) => {
        if (String(message).includes('"watch"')) asked.push(String(message));
        server.send(message);
      });
      server.onMessage((message) => {
        if (lose && String(message).startsWith('42["update"')) lose = false;
        else client.send(message);
      });
    });
    await page.goto(ward.url);
    await until('numbers', 20_000, async () => (await numbers(page)).some((t) => Number(t) > 30));
    const before = asked.length;
    lose = true;
    await until('a snapshot is asked for', 10_000, async () => asked.length === before + 1);
    expect(lose).toBe(false);
    await until('live', 2000, async () => {
      return (await page.locator('.life').getAttribute('data-state')) === 'live';
    });
    expect((await numbers(page)).some((text) => Number(text) > 30)).toBe(true);
    await page.context().close();
  });

  it('says so when its own program fails, and starts again', async () => {
    const { page } = await ward.screen(browser);
    let spoil = false;
    await page.routeWebSocket(/socket\.io/, (client) => {
      client.connectToServer().onMessage((message) => {
        client.send(spoil ? String(message).replaceAll('"heartRate"', '"spoilt"') : message);
      });
    });
    await page.goto(ward.url);
    await until('numbers', 20_000, async () => (await numbers(page)).some((t) => Number(t) > 30));
    await page.evaluate('globalThis.sameDocument = true');
    spoil = true;
    await page.getByText('NOT LIVE — this screen has failed').waitFor({ timeout: 10_000 });
    expect(await numbers(page)).toEqual([]);
    spoil = false;
    await page.locator('[data-testid=bpm]').first().waitFor({ timeout: 25_000 });
    expect(await page.evaluate('globalThis.sameDocument')).toBeUndefined();
    await page.context().close();
  });
});
