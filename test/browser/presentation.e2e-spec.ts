import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { AlarmPriority } from '@app/contracts';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { type Screen, TestBrowser, axeViolations, until } from './browser.js';
import { type HeardPulse, pulsesOf } from './burst-sound.js';
import { calling } from './calling.js';
import { tooFaint } from './contrast.js';
import { copiesOf, rewritten } from './multiplied.js';
import { PATIENTS, PLACES, SimulatedWard, scenarioOf } from './simulated-ward.js';

jest.setTimeout(120_000);

const PRIORITIES = ['high', 'medium', 'low'] as const;
const PAGES = [
  '/ward/main',
  '/ward/main/admit',
  '/ward/main/devices',
  '/ward/main/alarms',
  '/ward/main/settings',
  '/patients/P-01',
  '/patients/P-01/settings',
  '/people',
  '/audit',
  '/models',
  '/nowhere',
];
/** Without leaving the document, as a link does. */
const GO = (path: string) =>
  `history.pushState(null, '', '${path}'); dispatchEvent(new Event('vigil:navigated'))`;
const WEAR = (theme: string) => `document.documentElement.dataset.theme = '${theme}'`;

/** In place of the loudspeaker: the page's own sound, rendered at once from its beginning. */
const RATE_HZ = 16_000;
const RENDERED = `globalThis.AudioContext = function () {
  const context = new OfflineAudioContext(1, ${RATE_HZ * 5}, ${RATE_HZ});
  Object.defineProperty(context, 'state', { value: 'running' });
  return (globalThis.rendered = context);
};
globalThis.pulses = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { globalThis.pulses++; start.call(this, at); };`;

requirement('chromium')('how the screen looks and sounds', () => {
  const ward = new SimulatedWard();
  let browser: TestBrowser;
  let administrator: Screen;

  beforeAll(async () => {
    browser = await TestBrowser.start();
    await ward.start(scenarioOf({ climbing: false }));
    administrator = await ward.screen(browser, {}, 'AD', 'administrator');
    await administrator.page.goto(ward.url);
    await numbers(administrator.page, 12);
  });

  afterAll(async () => {
    await browser?.close();
    await ward.stop();
  });

  async function numbers(page: Page, count: number): Promise<void> {
    await until(
      `${count} numbers`,
      40_000,
      async () =>
        (await page.locator('.rate-number:not([data-none]):not([data-old=true])').count()) >= count,
    );
  }

  /** One patient calls with each priority, the first with the highest; another one is away. */
  async function callingWall(options: Parameters<SimulatedWard['screen']>[1], places = 12) {
    const screen = await ward.screen(browser, options);
    await rewritten(screen.page, (state) => {
      const priority = PRIORITIES[PATIENTS.indexOf(state.patient)];
      if (state.patient === PATIENTS[4] && state.admission !== null) {
        const offWard = { reason: 'X-ray', sinceMs: state.admission.admittedMs };
        return copiesOf({ ...state, admission: { ...state.admission, offWard } }, places);
      }
      return copiesOf(priority === undefined ? state : calling(state, priority), places);
    });
    await screen.page.goto(ward.url);
    await screen.page.locator('.tile .alarm').nth(2).waitFor();
    return screen;
  }

  it.each(['light', 'night'])('is clean for axe and readable on every page, %s', async (theme) => {
    const { page } = administrator;
    const wrong: string[] = [];
    for (const path of PAGES) {
      await page.evaluate(GO(path));
      await page.evaluate(WEAR(theme));
      await page.locator('#main:not([aria-busy=true])').waitFor();
      await page.waitForLoadState('networkidle');
      const found = [...(await axeViolations(page)), ...(await tooFaint(page))];
      wrong.push(...found.map((problem) => `${path}: ${problem}`));
    }
    expect(wrong).toEqual([]);
  });

  it('is clean and readable where somebody signs in', async () => {
    const { page } = await browser.screen();
    await page.goto(ward.url);
    await page.getByLabel('Password').waitFor();
    const wrong: string[] = [];
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate(WEAR(theme));
      wrong.push(...(await axeViolations(page)), ...(await tooFaint(page)));
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('is readable while it calls, in every phase of a flash, by day and by night', async () => {
    const { page } = await callingWall({});
    await numbers(page, 12);
    const wrong: string[] = [];
    for (const theme of ['light', 'dark', 'night']) {
      await page.evaluate(WEAR(theme));
      wrong.push(...(await tooFaint(page)), ...(await axeViolations(page)));
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('tells priorities by shape, asterisks and word as well, and by a rhythm below 3 Hz', async () => {
    const { page } = await callingWall({});
    const told = await page.evaluate<
      string[][]
    >(`[...document.querySelectorAll('.tile .alarm')].map((alarm) => {
      const { animationName, animationDuration } = getComputedStyle(alarm);
      return [alarm.querySelector('.alarm-shape g > *').outerHTML.replace(/ (xmlns|fill)="[^"]*"/g, ''),
        alarm.querySelector('.alarm-mark').textContent, alarm.querySelector('.unseen').textContent,
        animationName === 'none' ? 'steady' : animationDuration];
    })`);
    expect(told.map(([, ...rest]) => rest)).toEqual([
      ['***', 'High priority: ', '0.5s'],
      ['**', 'Medium priority: ', '2s'],
      ['*', 'Low priority: ', 'steady'],
    ]);
    expect(new Set(told.map(([shape]) => shape)).size).toBe(3);
    const fast = `document.getAnimations().filter((animation) => {
      const { iterations, duration } = animation.effect.getComputedTiming();
      return iterations === Infinity && duration < 1000 / 3;
    }).length`;
    expect(await page.evaluate(fast)).toBe(0);
    await page.context().close();
  });

  it('is dim at night but for its alarms', async () => {
    const { page } = await callingWall({});
    const look = `(() => {
      const light = (element, property) => Math.max(...getComputedStyle(element)[property].match(/[\\d.]+/g).slice(0, 3).map(Number));
      return { text: light(document.querySelector('.tile-name'), 'color'),
        ground: light(document.body.parentElement, 'backgroundColor'),
        alarms: [...document.querySelectorAll('.tile .alarm')].map((alarm) => {
          const flash = alarm.getAnimations()[0];
          if (flash) { flash.pause(); flash.currentTime = 0; }
          return getComputedStyle(alarm).backgroundColor;
        }) };
    })()`;
    type Look = { text: number; ground: number; alarms: string[] };
    await page.evaluate(WEAR('dark'));
    const dark = await page.evaluate<Look>(look);
    await page.evaluate(WEAR('night'));
    const night = await page.evaluate<Look>(look);
    expect(night.text).toBeLessThan(0.8 * dark.text);
    expect(night.ground).toBeLessThan(6);
    expect(night.alarms).toEqual(dark.alarms);
    await page.context().close();
  });

  it.each([
    [1920, 1080],
    [1024, 768],
  ])('has heart rates of 28 px and more on a wall of 64, %d × %d', async (width, height) => {
    const { page } = await callingWall({ viewport: { width, height } }, 64);
    await until('64', 20_000, async () => (await page.locator('.tile').count()) === 64);
    const sizes = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.rate-number')].map((number) => parseFloat(getComputedStyle(number).fontSize))`,
    );
    expect(sizes.length).toBe(64);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(28);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.context().close();
  });

  it('runs the signal on a tile on request, at true speed, four at once', async () => {
    const { page, complaints } = await ward.screen(browser);
    await page.addInitScript(`globalThis.seconds = [];
      const moveTo = CanvasRenderingContext2D.prototype.moveTo;
      CanvasRenderingContext2D.prototype.moveTo = function (x, y) {
        // The line of a second begins at the upper edge.
        if (y === 0 && this.canvas.closest('.tile')) globalThis.seconds.push([performance.now() / 1000, x]);
        moveTo.call(this, x, y);
      };`);
    await page.goto(ward.url);
    await page.locator('h1').click();
    await page.getByText('Sound is blocked').waitFor({ state: 'detached' });
    await numbers(page, 12);
    const boxes = `JSON.stringify([...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect()))`;
    const before = await page.evaluate<string>(boxes);
    const button = (i: number) =>
      page.getByRole('button', { name: `Running signal of ${PLACES[i]}`, exact: true });
    await button(0).focus();
    await page.keyboard.press('Enter');
    expect(await button(0).getAttribute('aria-pressed')).toBe('true');
    expect(await button(0).boundingBox()).toMatchObject({ width: 44, height: 44 });
    await page.getByText('Waiting for samples').waitFor({ state: 'detached' });
    await page.evaluate('globalThis.seconds.length = 0');
    await page.waitForTimeout(2500);
    const seconds = await page.evaluate<[number, number][]>('globalThis.seconds');
    expect(seconds.length).toBeGreaterThan(10);
    // 36 px a second: a line is where it was, less the time that has passed, to the pixel that it is drawn at.
    const phases = seconds.map(([atS, x]) => (x + 36 * atS) % 36);
    // Half a second apart; frames that came late make it jump, and spoil the fewer pairs.
    const off = seconds.flatMap(([atS], i) => {
      const later = seconds.findIndex(([laterS]) => laterS >= atS + 0.5);
      return later < 0 ? [] : [Math.abs(((phases[later]! - phases[i]! + 54) % 36) - 18)];
    });
    expect(off.length).toBeGreaterThan(5);
    expect(off.toSorted((a, b) => a - b)[Math.floor(off.length / 2)]).toBeLessThan(3);
    for (let i = 1; i < 5; i++) await button(i).click();
    await page
      .getByText(`At most 4 signals run at once: that of ${PLACES[0]} was closed.`)
      .waitFor();
    expect(await page.locator('.tile-signal').count()).toBe(4);
    expect(await page.evaluate<string>(boxes)).toBe(before);
    await page.evaluate(GO('/patients/P-01'));
    await page.getByText('Light 530 nm').waitFor();
    await page.evaluate(GO('/ward/main'));
    await until(
      'as it was left',
      5000,
      async () => (await page.locator('.tile-signal').count()) === 4,
    );
    await button(4).click();
    expect(await page.locator('.tile-signal').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('marks on the tile what was dropped for this screen', async () => {
    const { page } = await ward.screen(browser);
    await page.addInitScript(`globalThis.words = [];
      const fillText = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (...text) { globalThis.words.push(text[0]); fillText.apply(this, text); };`);
    let count = 0;
    await page.routeWebSocket(/socket\.io/, (client) => {
      client.connectToServer().onMessage((message) => {
        const text = String(message);
        if (!text.startsWith('42["waveform"')) return client.send(text);
        count++;
        if (count === 4) client.send(text.replace('"dropped":0', '"dropped":2'));
        else if (count !== 2 && count !== 3) client.send(text);
      });
    });
    await page.goto(ward.url);
    await page.locator('.signal-button').first().click();
    await page.getByText('Samples were dropped for this screen; the record has them.').waitFor();
    await until('the mark', 5000, () =>
      page.evaluate<boolean>(`globalThis.words.includes('dropped')`),
    );
    await page.context().close();
  });

  it('says what to do when a page cannot be loaded, and stays live around it', async () => {
    const { page } = await ward.screen(browser);
    await page.route(/assets\/alarm-log-page/, (route) => route.abort());
    await page.goto(ward.url);
    await page.locator('.tile').first().waitFor();
    await page.evaluate(GO('/ward/main/alarms'));
    await page.getByText('This page could not be loaded').waitFor();
    await page.locator('.life[data-state=live]').waitFor();
    await page.unroute(/assets\/alarm-log-page/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.alarm-log, form').first().waitFor();
    await page.context().close();
  });

  const heard = new Map<AlarmPriority, HeardPulse[]>();

  it.each(PRIORITIES)('sounds a burst of %s priority as it should be heard', async (priority) => {
    const { page } = await ward.screen(browser);
    await page.addInitScript(RENDERED);
    await rewritten(page, (state) => [state.patient === 'P-01' ? calling(state, priority) : state]);
    await page.goto(ward.url);
    await until('a burst', 60_000, () => page.evaluate<boolean>('globalThis.pulses > 1'));
    // As a text: a long list would take its time.
    const text = await page.evaluate<string>(
      `globalThis.rendered.startRendering().then((buffer) => buffer.getChannelData(0).join(' '))`,
    );
    const samples = text.split(' ').map(Number);
    const pulses = pulsesOf(samples, RATE_HZ);
    heard.set(priority, pulses);
    expect(pulses.length).toBe({ high: 10, medium: 3, low: 2 }[priority]);
    for (const { partials, peak } of pulses) {
      const [fundamental] = partials;
      expect(fundamental?.hz).toBeGreaterThanOrEqual(150);
      expect(fundamental?.hz).toBeLessThanOrEqual(1000);
      // The fundamental and four of its harmonics, none more than 15 dB below the strongest.
      const harmonics = partials.filter(({ db }) => db > -15);
      expect(harmonics.length).toBeGreaterThanOrEqual(5);
      harmonics.forEach(({ hz }, i) =>
        expect(Math.abs(hz / (fundamental?.hz ?? 1) - (i + 1))).toBeLessThan(0.02),
      );
      // Whatever the computer makes of it: never a whisper.
      expect(peak).toBeGreaterThanOrEqual(0.3);
      expect(peak).toBeLessThanOrEqual(1);
    }
    await page.context().close();
  });

  it('has bursts that cannot be taken for each other', () => {
    const starts = (priority: AlarmPriority) =>
      (heard.get(priority) ?? []).map(({ startS }) => startS);
    const steps = (priority: AlarmPriority) =>
      starts(priority)
        .slice(1)
        .map((startS, i) => startS - (starts(priority)[i] ?? 0));
    const [a = 0, b = 0, breath = 0, c = 0] = steps('high');
    // Three, a breath, two; and the same again.
    for (const step of [b, c]) expect(step).toBeCloseTo(a, 1.9);
    expect(breath).toBeGreaterThan(a + 0.1);
    const [first, second] = [starts('high').slice(0, 5), starts('high').slice(5)];
    second.forEach((startS, i) =>
      expect(startS - (second[0] ?? 0)).toBeCloseTo((first[i] ?? 0) - (first[0] ?? 0), 1.9),
    );
    expect((second[0] ?? 0) - (first[4] ?? 0)).toBeGreaterThan(0.35);
    expect(steps('medium')[0]).toBeCloseTo(steps('medium')[1] ?? 0, 1.9);
    expect(steps('medium')[0]).toBeGreaterThan(a + 0.1);
    const pitch = (priority: AlarmPriority) => heard.get(priority)?.[0]?.partials[0]?.hz ?? 0;
    expect(pitch('high')).toBeGreaterThan(1.05 * pitch('medium'));
    expect(pitch('medium')).toBeGreaterThan(1.05 * pitch('low'));
    const peak = (priority: AlarmPriority) =>
      Math.max(...(heard.get(priority) ?? []).map((pulse) => pulse.peak));
    expect(peak('high')).toBeGreaterThan(peak('medium'));
    expect(peak('medium')).toBeGreaterThan(peak('low'));
  });

  it('has complained of nothing', () => {
    expect(administrator.complaints.filter((text) => !text.startsWith('Canvas2D'))).toEqual([]);
  });
});
