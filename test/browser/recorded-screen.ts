import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sleep, until } from './browser.js';

/** What a nurse sees from a frame on, until the next one that looks different. */
export interface Sight {
  /** ms since 1970 by the page's clocks that nobody sets. */
  atMs: number;
  /** `live`, `waiting`, `not-live`; null before there is a page. */
  state: string | null;
  /** The words of the red bar. */
  bar: string | null;
  /** Heart rates to be seen. */
  numbers: number;
}

/**
 * Looks at every frame when all is done but the painting (an observer of sizes is told then), and listens to what goes to the
 * loudspeaker.
 */
const RECORDER = `(() => {
  const nowMs = () => performance.timeOrigin + performance.now();
  const opacityOf = (layer) => {
    const element = document.querySelector('.standstill-' + layer);
    return element === null ? 0 : Number(getComputedStyle(element).opacity);
  };
  const sights = (globalThis.sights = []);
  let last = '';
  const look = () => {
    const bpm = [...document.querySelectorAll('[data-testid=bpm]')];
    const stood = opacityOf('bar') > 0 ? document.querySelector('.standstill-bar').textContent : null;
    const sight = {
      state: document.querySelector('.life')?.dataset.state ?? null,
      bar: document.querySelector('.not-live')?.textContent ?? stood,
      numbers: opacityOf('cover') === 1 ? 0 : bpm.filter(({ textContent }) => textContent !== '—').length,
    };
    const text = JSON.stringify(sight);
    if (text !== last) sights.push({ atMs: nowMs(), ...sight });
    last = text;
  };
  const speck = document.createElement('div');
  new ResizeObserver(look).observe(speck);
  let frames = 0;
  requestAnimationFrame(function frame() {
    if (!speck.isConnected) document.documentElement?.append(speck);
    speck.style.cssText = 'position: fixed; height: 0; width: ' + (frames++ % 2) + 'px';
    requestAnimationFrame(frame);
  });

  const sounds = (globalThis.sounds = []);
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      if (!taps.has(this.context)) taps.set(this.context, tapOf(this.context));
      connect.call(this, taps.get(this.context));
    }
    return connect.call(this, to, ...rest);
  };
  function tapOf(context) {
    const tap = context.createAnalyser();
    const samples = new Float32Array(tap.fftSize);
    setInterval(() => {
      tap.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > 0.05)) sounds.push(nowMs());
    }, 40);
    return tap;
  }
})()`;

/** The limits of how long what is lost may look live, ms. */
const BAR_WITHIN_MS = 4000;
const BLANK_WITHIN_MS = 10_000;

/** A page whose every frame is remembered: times are measured where the nurse looks, however slow the test itself is. */
export class RecordedScreen {
  private constructor(readonly page: Page) {}

  static async of(page: Page, address: string): Promise<RecordedScreen> {
    await page.addInitScript(RECORDER);
    await page.goto(address);
    // A reload would lose it.
    await page.evaluate('globalThis.sameDocument = true');
    return new RecordedScreen(page);
  }

  sights(): Promise<Sight[]> {
    return this.page.evaluate<Sight[]>('globalThis.sights');
  }

  /** When something was to be heard, ms since 1970, every 40 ms. */
  sounds(): Promise<number[]> {
    return this.page.evaluate<number[]>('globalThis.sounds');
  }

  async now(): Promise<Sight> {
    const last = (await this.sights()).at(-1);
    if (last === undefined) throw new Error('nothing was drawn yet');
    return last;
  }

  /** Live, with so many heart rates, on the page as it was. */
  async untilLive(numbers: number, withinMs = 60_000): Promise<void> {
    await until(`live with ${numbers} numbers`, withinMs, async () => {
      const now = await this.now();
      return now.state === 'live' && now.bar === null && now.numbers >= numbers;
    });
    expect(await this.page.evaluate('globalThis.sameDocument')).toBe(true);
  }

  /**
   * Of what was lost at `lostMs` and is still lost: the bar within 4 s, every number gone within 10 s, and nothing live since.
   * Waits for as long as that takes.
   * @returns when the numbers were gone, ms since 1970
   */
  async expectNotLive(lostMs: number, words: RegExp): Promise<number> {
    await sleep(lostMs + BLANK_WITHIN_MS + 500 - Date.now());
    const all = await this.sights();
    const barred = all.find(({ atMs, bar }) => atMs > lostMs && words.test(bar ?? ''));
    const blank = all.find(({ atMs, numbers }) => atMs > lostMs && numbers === 0);
    const since = all.filter(({ atMs }) => atMs > lostMs);
    const story = JSON.stringify(since);
    if (barred === undefined || blank === undefined) throw new Error(`never NOT LIVE: ${story}`);
    const inTime = {
      bar: barred.atMs - lostMs <= BAR_WITHIN_MS,
      blank: blank.atMs - lostMs <= BLANK_WITHIN_MS,
    };
    expect({ story, ...inTime }).toEqual({ story, bar: true, blank: true });
    const after = since.filter(({ atMs }) => atMs >= barred.atMs);
    expect({ story, states: after.filter(({ state }) => state !== 'not-live') }).toEqual({
      story,
      states: [],
    });
    return blank.atMs;
  }
}
