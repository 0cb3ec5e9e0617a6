import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { type Screen, TestBrowser, axeViolations, until } from './browser.js';
import { multiplied } from './multiplied.js';
import {
  AT_REST_BPM,
  CLIMBING,
  CLIMBING_PLACE,
  PATIENTS,
  PLACES,
  SimulatedWard,
  scenarioOf,
} from './simulated-ward.js';

jest.setTimeout(120_000);

/** `72`, or the em dash. */
function shown(page: Page, patient: string): Promise<string> {
  return page.locator(`.tile[data-patient="${patient}"] [data-testid=bpm]`).innerText();
}

function alarmOf(page: Page, patient: string) {
  return page.locator(`.tile[data-patient="${patient}"] .alarm`);
}

requirement('chromium')('the wall in a browser', () => {
  const ward = new SimulatedWard();
  let browser: TestBrowser;
  let nurse: Screen;
  let colleague: Screen;

  beforeAll(async () => {
    browser = await TestBrowser.start();
    await ward.start(scenarioOf({ climbing: true }));
    nurse = await ward.screen(browser, { colorScheme: 'dark' }, 'KM');
    // Every pulse of a burst is an oscillator that starts.
    await nurse.page.addInitScript(`globalThis.pulses = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (at) { globalThis.pulses++; start.call(this, at); };`);
    await nurse.page.goto(ward.url);
    colleague = await browser.screen({ colorScheme: 'light' });
    const { page, complaints } = colleague;
    await page.goto(await ward.linkOf('Tariq', 'nurse'));
    await page.getByLabel('Choose a password').fill('tall-blue-boats');
    await page.getByLabel('The same password again').fill('tall-blue-boats');
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.locator('.tile').first().waitFor();
    // The press that signed in has unlocked the sound.
    await page.getByRole('button', { name: 'Test sound. Sound is on' }).waitFor();
    // Chromium says of every 401 that it is one: nobody was signed in yet.
    expect(complaints.splice(0).filter((text) => !text.includes('401'))).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await ward.stop();
  });

  const pulses = () => nurse.page.evaluate<number>('globalThis.pulses');

  it('shows every patient in order, marked as simulated, all on one screen', async () => {
    const { page } = nurse;
    await until('twelve tiles', 20_000, async () => (await page.locator('.tile').count()) === 12);
    expect(await page.locator('.tile-name').allInnerTexts()).toEqual(PLACES);
    expect(await page.locator('.tile .origin-mark').allInnerTexts()).toEqual(
      PATIENTS.map(() => 'SIMULATED'),
    );
    const height = 'document.documentElement.scrollHeight';
    expect(await page.evaluate<number>(height)).toBeLessThanOrEqual(900);
    const last = await page.locator('.tile').last().boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 1e6)).toBeLessThanOrEqual(900);
  });

  it('has the heart rate of patients at rest within 5 BPM, and says LIVE', async () => {
    const { page } = nurse;
    for (const [i, truth] of AT_REST_BPM.entries()) {
      const patient = PATIENTS[i] ?? '';
      await until(`${patient} near ${truth}`, 40_000, async () => {
        return Math.abs(Number(await shown(page, patient)) - truth) <= 5;
      });
    }
    expect(await page.locator('.life').getAttribute('data-state')).toBe('live');
    expect(await page.locator('.not-live').count()).toBe(0);
  });

  it('moves while it is drawn, and its clock is the station’s', async () => {
    const { page } = nurse;
    const place = () =>
      page.locator('.life-runner').evaluate((runner) => `${runner.getAttribute('style')}`);
    const before = await place();
    await until('the runner moves', 2000, async () => (await place()) !== before);
    const { serverMs } = await ward.station.get<{ serverMs: number }>('/api/patients');
    const [h = 0, m = 0, s = 0] = (await page.locator('.clock').innerText()).split(':').map(Number);
    const server = new Date(serverMs);
    const seconds = server.getHours() * 3600 + server.getMinutes() * 60 + server.getSeconds();
    expect(Math.abs(h * 3600 + m * 60 + s - seconds) % 86_398).toBeLessThanOrEqual(2);
  });

  it('says that sound is blocked until somebody clicks', async () => {
    const { page } = nurse;
    const banner = page.getByText('Sound is blocked: click anywhere');
    await banner.waitFor();
    expect(await pulses()).toBe(0);
    await page.locator('h1').click();
    await banner.waitFor({ state: 'detached', timeout: 5000 });
  });

  it('calls when the rate has climbed: mark, line, strip, title, sound', async () => {
    const { page } = nurse;
    await page.locator('h1').click();
    const alarm = alarmOf(page, CLIMBING);
    await alarm.waitFor({ timeout: 60_000 });
    expect(await alarm.innerText()).toMatch(/\*\*\s*HR 1\d\d > 120/);
    expect(await alarm.getAttribute('data-priority')).toBe('medium');
    expect(await page.locator('.strip .alarm').innerText()).toContain(CLIMBING_PLACE);
    await until('the title calls', 3000, async () =>
      (await page.title()).startsWith(`** ${CLIMBING_PLACE} HR 1`),
    );
    const animation = 'getComputedStyle(document.querySelector(".tile .alarm")).animationName';
    expect(await page.evaluate(animation)).toBe('flash-medium');
    await until('three pulses', 5000, async () => (await pulses()) >= 3);
    // Not high: a screen reader is left alone.
    expect(await page.locator('[aria-live=assertive]').innerText()).toBe('');
  });

  it('is red, fast and read aloud when the priority is high', async () => {
    const { page } = await ward.screen(browser);
    await page.routeWebSocket(/socket\.io/, (client) => {
      client.connectToServer().onMessage((message) => {
        client.send(String(message).replaceAll('"priority":"medium"', '"priority":"high"'));
      });
    });
    await page.goto(ward.url);
    const alarm = alarmOf(page, CLIMBING);
    await alarm.waitFor();
    expect(await alarm.innerText()).toMatch(/^High priority:\s+\*\*\*\s*HR 1\d\d > 120/);
    const style = 'getComputedStyle(document.querySelector(".tile .alarm"))';
    expect(await page.evaluate(`${style}.animationName`)).toBe('flash-high');
    // 2 Hz, and every flash of the page in the same phase.
    expect(await page.evaluate(`${style}.animationDuration`)).toBe('0.5s');
    const phases = `[...new Set(document.getAnimations()
      .filter(({ animationName }) => animationName === 'flash-high').map(({ startTime }) => startTime))]`;
    await until(
      'one phase',
      2000,
      async () => (await page.evaluate<number[]>(phases)).join() === '0',
    );
    expect(await page.locator('[aria-live=assertive]').innerText()).toMatch(
      /^High priority alarm, 12 · L12: HR 1\d\d \(\d+–\d+\) above 120 at rest(, on and off)? for \d+ s$/,
    );
    await page.context().close();
  });

  it('keeps a visible change, without a hard flash, where motion is unwanted', async () => {
    const { page } = await ward.screen(browser, { reducedMotion: 'reduce' });
    await page.goto(ward.url);
    await alarmOf(page, CLIMBING).waitFor();
    const style = (property: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.tile .alarm')).${property}`);
    // A change of colour within seconds: nothing moves and nothing flashes.
    expect(await style('animationName')).toBe('breathe-medium');
    expect(await style('animationDuration')).toBe('6s');
    await page.context().close();
  });

  it.each(['dark', 'light'])('is clean for axe on wall and patient page, %s', async (theme) => {
    const { page } = theme === 'dark' ? nurse : colleague;
    expect(await axeViolations(page)).toEqual([]);
    await page.locator(`.tile[data-patient=${CLIMBING}] .tile-name`).click();
    await page.getByText('Second opinion').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Ward', exact: true }).click();
    await page.locator('.tile').first().waitFor();
  });

  it('can be used by keyboard alone, with targets that a finger can hit', async () => {
    const { page } = nurse;
    await page.goto(new URL('/ward/main', ward.url).href);
    await alarmOf(page, CLIMBING).waitFor();
    const names: string[] = [];
    for (let i = 0; i < 33; i++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate<string>(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText.split("\\n")[0]',
        ),
      );
      const outline = 'getComputedStyle(document.activeElement).outlineStyle';
      const ring = 'getComputedStyle(document.activeElement, "::after").outlineStyle';
      const marks = [await page.evaluate(outline), await page.evaluate(ring)];
      expect([names.at(-1), ...marks]).toContain('solid');
    }
    const acknowledge = expect.stringMatching(/^Acknowledge 12 · L12: HR 1/);
    expect(names).toEqual([
      'Skip to the page',
      'Vigil, the ward',
      expect.stringMatching(/^Test sound. Sound is (on|blocked)$/),
      'Change to the night theme',
      'Menu. Signed in: KM',
      expect.stringMatching(/12 · L12/),
      acknowledge,
      'Pause sound 2 min: 12 · L12',
      ...PLACES.flatMap((place) => [
        place,
        ...(place === CLIMBING_PLACE ? [acknowledge] : []),
        `Running signal of ${place}`,
      ]),
    ]);
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, a:not(.skip)')]
      .filter((target) => {
        if (!target.checkVisibility()) return false;
        const box = (target.matches('.tile-name') ? target.closest('.tile') : target).getBoundingClientRect();
        return box.width < 44 || box.height < 44;
      })
      .map((target) => target.outerHTML)`);
    expect(small).toEqual([]);
  });

  it('shows 64 patients on a wall without scrolling, each rate at least 28 px high', async () => {
    const viewport = { width: 1920, height: 1080 };
    const { page, complaints } = await ward.screen(browser, { viewport });
    await multiplied(page, 64);
    await page.goto(ward.url);
    await until('64 tiles', 20_000, async () => (await page.locator('.tile').count()) === 64);
    await until(
      'numbers',
      20_000,
      async () =>
        (await page.locator('.rate-number:not([data-none]):not([data-old=true])').count()) > 50,
    );
    const scrolls = 'document.documentElement.scrollHeight > innerHeight || scrollX > 0';
    expect(await page.evaluate(scrolls)).toBe(false);
    const wrong = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('.tile')].flatMap((tile) => {
      const box = tile.getBoundingClientRect();
      const number = tile.querySelector('.rate-number');
      const inside = [...tile.querySelectorAll('.rate-number, .tile-name, .alarm, .age')].every((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return left >= box.left && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
      });
      const large = parseFloat(getComputedStyle(number).fontSize) >= 28;
      return box.bottom <= innerHeight && inside && large ? [] : [tile.innerText];
    })`);
    expect(wrong).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    const folder = process.env['VIGIL_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/wall-64.png` });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('pauses the sound for two minutes, and everybody sees how long still and by whom', async () => {
    const { page } = nurse;
    await page.getByRole('button', { name: 'Pause sound 2 min: 12 · L12' }).click();
    for (const screen of [nurse, colleague]) {
      await screen.page
        .locator('.strip')
        .getByText(/^Sound paused [12]:\d\d by KM$/)
        .waitFor();
      expect(await alarmOf(screen.page, CLIMBING).getAttribute('data-steady')).toBe('true');
    }
    const style = 'getComputedStyle(document.querySelector(".tile .alarm"))';
    expect(await page.evaluate(`${style}.animationName`)).toBe('none');
    expect(await page.evaluate(`${style}.backgroundColor`)).toBe('rgb(255, 210, 26)');
    const before = await pulses();
    await new Promise((resolve) => setTimeout(resolve, 13_000));
    expect(await pulses()).toBe(before);
  });

  it('acknowledges with one click; then it is silent, still there, and everybody sees who', async () => {
    const { page } = nurse;
    await alarmOf(page, CLIMBING).getByRole('button').click();
    for (const screen of [nurse, colleague]) {
      await alarmOf(screen.page, CLIMBING)
        .getByRole('img', { name: 'Acknowledged by KM' })
        .waitFor();
      expect(await alarmOf(screen.page, CLIMBING).getAttribute('data-calling')).toBe('false');
      await screen.page.getByText('all acknowledged').waitFor();
    }
    const before = await pulses();
    await new Promise((resolve) => setTimeout(resolve, 13_000));
    expect(await pulses()).toBe(before);
  });

  it('shows a patient closely: running signal, trend from the history, log, model', async () => {
    const { page, complaints } = await ward.screen(browser);
    await page.goto(ward.address(CLIMBING));
    await page.getByText('Light 530 nm').waitFor({ timeout: 30_000 });
    const drawn = `[...document.querySelectorAll('canvas')].map((canvas) =>
      new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)`;
    await until('both canvases drawn', 10_000, async () => {
      const colours = await page.evaluate<number[]>(drawn);
      return colours.length === 2 && colours.every((count) => count > 5);
    });
    await page
      .getByRole('img', { name: /^Heart rate of the last 15 min: \d+ to 1\d\d BPM/ })
      .waitFor();
    await page.getByRole('button', { name: '1 h', exact: true }).click();
    await page.getByRole('img', { name: /^Heart rate of the last 1 h/ }).waitFor();
    expect(await page.locator('.log').innerText()).toMatch(/HR 1\d\d > 120: Acknowledged by KM/);
    // While a busy machine is late with the next value, the page rightly shows none of its facts.
    await until('the facts of a fresh value', 20_000, async () =>
      /Model\s+\S+ \d+\.\d+\.\d+/.test(await page.locator('.facts').innerText()),
    );
    expect(await page.locator('.facts').innerText()).toContain('45 to 120 BPM');
    // Reading the pixels back, as this test does, is what Chromium has a hint about.
    expect(complaints.filter((text) => !text.startsWith('Canvas2D: Multiple readback'))).toEqual(
      [],
    );
    await page.context().close();
  });

  it('fits a phone in one column, without a sideways scroll', async () => {
    const { page } = await ward.screen(browser, { viewport: { width: 390, height: 844 } });
    for (const address of [ward.url, ward.address(CLIMBING)]) {
      await page.goto(address);
      await page.locator('[data-testid=bpm]').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    }
    await page.goto(ward.url);
    const [first, second] = await Promise.all(
      [0, 1].map((i) => page.locator('.tile').nth(i).boundingBox()),
    );
    expect(first?.x).toBe(second?.x);
    await page.context().close();
  });

  it('says when the clock of the computer is wrong', async () => {
    const { page } = await ward.screen(browser);
    await page.addInitScript(`const now = Date.now; Date.now = () => now() + 5000;`);
    await page.goto(ward.url);
    await page.getByText(/clock of this computer is [45] s ahead/).waitFor({ timeout: 5000 });
    await page.context().close();
  });

  it('says when the canary last came all the way', async () => {
    const foot = nurse.page.locator('.wall-foot');
    await foot.getByText(/^Test signal (now|\d+ s ago), p99 \d+ ms$/).waitFor({ timeout: 90_000 });
    expect(await foot.getAttribute('data-missing')).toBe('false');
  });

  it('answers a false address with a way back', async () => {
    const { page } = await ward.screen(browser);
    await page.goto(ward.address('P-99'));
    await page.getByText(/there is no patient P-99/).waitFor();
    await page.getByRole('link', { name: 'Ward', exact: true }).click();
    await page.locator('.tile').first().waitFor();
    await page.context().close();
  });

  it('greys the number of silent devices, then shows none, with the reason', async () => {
    const { page } = nurse;
    await ward.silence();
    const first = page.locator('.tile').first();
    await first.locator('[data-testid=bpm][data-old=true]').waitFor({ timeout: 15_000 });
    expect(await first.locator('.age').innerText()).toMatch(/^1[0-9] s ago$/);
    await first
      .getByText(/Disconnected for \d+ s/)
      .first()
      .waitFor();
    await until('no number', 30_000, async () => (await shown(page, 'P-01')) === '—');
    expect(await alarmOf(page, 'P-01').innerText()).toContain('No data');
  });

  it('has complained of nothing', () => {
    expect([...nurse.complaints, ...colleague.complaints]).toEqual([]);
  });
});
