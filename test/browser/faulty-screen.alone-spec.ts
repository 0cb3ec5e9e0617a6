import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { encodeRecord } from '@app/contracts';
import { openSqliteJournal } from '@app/journal';
import { scenarioSchema } from '@app/ward';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { TestBrowser, sleep, until } from './browser.js';
import { FaultyNetwork } from './faulty-network.js';
import { RecordedScreen, type Sight } from './recorded-screen.js';
import { Screencast } from './screencast.js';
import { SettableClock } from './settable-clock.js';
import { SimulatedWard } from './simulated-ward.js';

jest.setTimeout(180_000);

const AT_REST = [62, 74, 86];
const ILL = '4 · L3';
/** One is ill, and nobody answers. */
const SCENARIO = scenarioSchema.parse({
  wearables: [...AT_REST, 80].map((heartRateBpm, i) => ({
    device: `watch-${i}`,
    patient: `P-${i}`,
    label: `L${i}`,
    bed: `${i + 1}`,
    timeline: [
      { atSeconds: 0, activity: 'rest', heartRateBpm },
      ...(i === AT_REST.length ? [{ atSeconds: 9, activity: 'rest', heartRateBpm: 168 }] : []),
    ],
  })),
});

/** A clock of the page's computer that a test sets; `performance` goes on as it was. */
const COMPUTER_CLOCK = (aheadMs: number) => `
  globalThis.aheadMs = ${aheadMs};
  const TrueDate = Date;
  globalThis.Date = class extends TrueDate {
    constructor(...args) { if (args.length === 0) super(TrueDate.now() + aheadMs); else super(...args); }
    static now() { return TrueDate.now() + aheadMs; }
  };`;

requirement('chromium')('a screen with a fault of its own, or of its network', () => {
  const ward = new SimulatedWard();
  const clock = new SettableClock();
  const networks: FaultyNetwork[] = [];
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await TestBrowser.start(['--autoplay-policy=no-user-gesture-required']);
    // Without models the rates come from the light's spectrum, and the ward is told.
    const noModels = ['--models', join(ward.folder, 'no-models')];
    await ward.start(SCENARIO, noModels, clock.environment);
  });

  afterAll(async () => {
    await browser?.close();
    for (const way of networks) way.close();
    await ward.stop();
    clock.close();
  });

  async function recorded(url = ward.url, init = ''): Promise<RecordedScreen> {
    const { page } = await ward.screen(browser);
    if (init !== '') await page.addInitScript(init);
    const screen = await RecordedScreen.of(page, url);
    await screen.untilLive(AT_REST.length);
    return screen;
  }

  async function network(): Promise<FaultyNetwork> {
    const made = await FaultyNetwork.to(ward.url);
    networks.push(made);
    return made;
  }

  async function expectRecovery(screen: RecordedScreen): Promise<void> {
    await screen.untilLive(AT_REST.length, 30_000);
    await screen.page.context().close();
  }

  const NO_CONNECTION = /^NOT LIVE since [\d:]+ — no connection to the station/;

  /** Nothing comes through any more, and nobody is told. */
  async function cut(): Promise<() => Promise<void>> {
    const way = await network();
    const screen = await recorded(way.url);
    return async () => {
      const lostMs = Date.now();
      way.become('cut');
      await screen.expectNotLive(lostMs, NO_CONNECTION);
      way.become('through');
      await expectRecovery(screen);
    };
  }

  /** Everything arrives, in good order, and is 5 s old. */
  async function late(): Promise<() => Promise<void>> {
    const way = await network();
    const screen = await recorded(way.url);
    return async () => {
      const lostMs = Date.now();
      way.become(5000);
      await screen.expectNotLive(lostMs, NO_CONNECTION);
      // Not even when it has been so for longer than the page remembers.
      await sleep(lostMs + 17_000 - Date.now());
      expect(await screen.now()).toMatchObject({ state: 'not-live', numbers: 0 });
      way.become('through');
      await expectRecovery(screen);
    };
  }

  async function offline(): Promise<() => Promise<void>> {
    const screen = await recorded();
    return async () => {
      await screen.page.context().setOffline(true);
      const lostMs = Date.now();
      await screen.expectNotLive(lostMs, NO_CONNECTION);
      await screen.page.context().setOffline(false);
      await expectRecovery(screen);
    };
  }

  /** Every frame since it was thawed, until it is live again: no number. */
  async function expectBlankUntilLive(screen: RecordedScreen, thawedMs: number): Promise<void> {
    const since = async () => (await screen.sights()).filter(({ atMs }) => atMs > thawedMs);
    const isLive = ({ state, bar }: Sight) => state === 'live' && bar === null;
    await until('live again', 30_000, async () => (await since()).some(isLive));
    const all = await since();
    const old = all.slice(0, all.findIndex(isLive)).filter(({ numbers }) => numbers > 0);
    const story = JSON.stringify(all);
    expect({ story, old }).toEqual({ story, old: [] });
    await expectRecovery(screen);
  }

  const RED = [211, 0, 28];
  const BAR: [number, number] = [0.9, 0.02];
  const WALL: [number, number][] = Array.from({ length: 20 }, (_, i) => [0.05 + i / 25, 0.4]);

  const busy = (page: Page, ms: number) =>
    page.evaluate<number>(`(() => {
      for (const end = performance.now() + ${ms}; performance.now() < end; );
      return performance.timeOrigin + performance.now();
    })()`);
  const isOneColour = (points: readonly unknown[]) => new Set(points.map(String)).size === 1;

  /** Its program is busy, and cannot say so; what covers the screen then is seen only from outside. */
  async function hang(): Promise<() => Promise<void>> {
    const screen = await recorded();
    // The thread that hangs takes no time from those that others wait for.
    setPriority(await browser.processOf(screen.page), constants.priority.PRIORITY_LOW);
    return async () => {
      const cast = await Screencast.of(screen.page);
      const lostMs = Date.now();
      const thawedMs = await busy(screen.page, 11_000);
      await cast.stop();
      const reader = await browser.screen();
      const [before, red] = [
        await cast.coloursAt(reader.page, lostMs + 1000, [BAR]),
        await cast.coloursAt(reader.page, lostMs + 4000, [BAR, ...WALL]),
      ];
      const covered = await cast.coloursAt(reader.page, lostMs + 10_000, [BAR, ...WALL]);
      expect(before[0]).not.toEqual(RED);
      expect(red[0]).toEqual(RED);
      expect(isOneColour(red.slice(1))).toBe(false);
      expect(covered[0]).toEqual(RED);
      expect(isOneColour(covered.slice(1))).toBe(true);
      await reader.page.context().close();
      await expectBlankUntilLive(screen, thawedMs);
    };
  }

  /** Cut off, and busy before its old numbers are gone. */
  async function cutAndHang(): Promise<() => Promise<void>> {
    const way = await network();
    const screen = await recorded(way.url);
    setPriority(await browser.processOf(screen.page), constants.priority.PRIORITY_LOW);
    return async () => {
      const cast = await Screencast.of(screen.page);
      const lostMs = Date.now();
      way.become('cut');
      await sleep(7000);
      const hungMs = Date.now();
      await busy(screen.page, 6000);
      await cast.stop();
      const reader = await browser.screen();
      expect(isOneColour(await cast.coloursAt(reader.page, hungMs, WALL))).toBe(false);
      const covered = await cast.coloursAt(reader.page, lostMs + 10_000, WALL);
      expect(isOneColour(covered)).toBe(true);
      await reader.page.context().close();
      way.become('through');
      await expectRecovery(screen);
    };
  }

  /** All that draws it stands still, and goes on where it stood. */
  async function frozen(): Promise<() => Promise<void>> {
    const screen = await recorded();
    const drawing = await browser.processOf(screen.page);
    return async () => {
      kill(drawing, 'SIGSTOP');
      await sleep(11_000);
      const thawedMs = Date.now();
      kill(drawing, 'SIGCONT');
      await expectBlankUntilLive(screen, thawedMs);
    };
  }

  it('is not live when it is cut off, hears late, is offline, hangs, is cut off and hangs, or is frozen', async () => {
    const faults: (() => Promise<void>)[] = [];
    // To find the process of a page stops others for a moment: so one after the other. All break at once, as all take so long.
    for (const fault of [hang, cutAndHang, frozen, cut, late, offline]) faults.push(await fault());
    await Promise.all(faults.map((begin) => begin()));
  });

  const ages = async (page: Page) =>
    (await page.locator('.tile .age').allInnerTexts()).map((text) =>
      text === 'now' ? 0 : Number(/^(\d+) s ago$/.exec(text)?.[1] ?? Number.NaN),
    );

  /** The words of the banner, values as old as they are, and the station's time in the corner. */
  async function expectClockOff({ page }: RecordedScreen, direction: 'ahead of' | 'behind') {
    const words = `The clock of this computer is 1 min ${direction} the station's`;
    await page.getByText(new RegExp(words.replace('1 min', '(1 min|59 s)'))).waitFor();
    await until('ages', 10_000, async () => {
      const all = await ages(page);
      return all.length === SCENARIO.wearables.length && all.every((seconds) => seconds <= 9);
    });
    const { serverMs } = await ward.station.get<{ serverMs: number }>('/api/patients');
    const [h = 0, m = 0, s = 0] = (await page.locator('.clock').innerText()).split(':').map(Number);
    const server = new Date(serverMs);
    const seconds = server.getHours() * 3600 + server.getMinutes() * 60 + server.getSeconds();
    expect(Math.abs(h * 3600 + m * 60 + s - seconds) % 86_398).toBeLessThanOrEqual(2);
  }

  it('says that the clock of its computer is a minute off, and counts by the station’s', async () => {
    const slow = await network();
    const [ahead, behind] = await Promise.all([
      recorded(slow.url, COMPUTER_CLOCK(60_200)),
      recorded(slow.url, COMPUTER_CLOCK(-60_200)),
    ]);
    await Promise.all([expectClockOff(ahead, 'ahead of'), expectClockOff(behind, 'behind')]);
    // Somebody sets them while the page runs: the computer might as well have slept. Fresh values take a moment, or no frame is blank.
    slow.become(400);
    const setMs = Date.now();
    await ahead.page.evaluate('globalThis.aheadMs = 0');
    await behind.page.evaluate('globalThis.aheadMs = -120_200');
    for (const screen of [ahead, behind]) {
      await until('blank', 10_000, async () =>
        (await screen.sights()).some(({ atMs, numbers }) => atMs > setMs && numbers === 0),
      );
    }
    slow.become('through');
    for (const screen of [ahead, behind]) await screen.untilLive(AT_REST.length, 20_000);
    expect(await ahead.page.getByText('The clock of this computer').count()).toBe(0);
    await behind.page.getByText('The clock of this computer is 2 min behind').waitFor();
    for (const { page } of [ahead, behind]) await page.context().close();
  });

  it('shows the ward’s own alarms to everybody, and one of a patient that nobody answers', async () => {
    const word = encodeRecord({
      type: 'health',
      part: 'canary',
      ok: false,
      message: 'No canary has come through for 3 min',
      atMs: Date.now(),
    });
    const screens = [await ward.screen(browser), await ward.screen(browser, {}, 'TV', 'kiosk')];
    for (const { page } of screens) await page.goto(ward.url);
    const see = (page: Page, words: RegExp, who = 'Ward') =>
      page
        .locator('.strip li', { hasText: who })
        .getByText(words)
        .first()
        .waitFor({ timeout: 90_000 });
    await Promise.all(screens.map(({ page }) => see(page, /Heart rates less certain/)));
    const journal = await openSqliteJournal({
      folder: join(ward.folder, 'journal'),
      partitions: 4,
    });
    const missing = Promise.all(
      screens.map(({ page }) => see(page, /Alarms may not reach screens/)),
    );
    // As the watch over it says; which will soon say again that all is well.
    await journal.append('ward', [{ key: 'health-canary', value: word }]);
    await missing;
    await journal.close();
    const gone = /^Unanswered(: whole ward called| for \d min)$/;
    await Promise.all(screens.map(({ page }) => see(page, gone, ILL)));
    for (const { page } of screens) await page.context().close();
  });

  it('goes on when the station’s clock is set', async () => {
    const screen = await recorded(ward.url);
    clock.set(3_600_000);
    await sleep(3000);
    await screen.untilLive(AT_REST.length, 20_000);
    await until(
      'values of now',
      20_000,
      async () =>
        (await ages(screen.page)).filter((seconds) => seconds <= 9).length >= AT_REST.length,
    );
    clock.set(0);
    await screen.page.getByText(/The system's clock was set back/).waitFor();
    await screen.untilLive(AT_REST.length, 20_000);
  });
});
