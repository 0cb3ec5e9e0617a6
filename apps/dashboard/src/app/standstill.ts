import { readClocks } from '../clocks.js';
import { THRESHOLDS } from '../thresholds.js';
import { timeOfDay } from '../words.js';

/** The clocks of the covers start anew at most this often, ms. */
const RENEW_MS = 400;
/** A page that lives hides its old numbers itself: its cover is pushed back before it comes, ms. */
const COVER_AT_MOST_MS = THRESHOLDS.blankAfter.value - 500;
/** Longer than any page stands still, ms. */
const FOR_EVER_MS = 24 * 3_600_000;

/**
 * What this page cannot say while its program hangs or is frozen, the browser's compositor says in its place: a red bar, and
 * later a cover over everything, fade in by themselves unless the program keeps pushing them back.
 */
export class Standstill {
  private readonly words = document.createElement('span');
  private readonly bar: Animation;
  private readonly cover: Animation;
  private renewedMs = -Infinity;

  constructor(place: HTMLElement) {
    const cover = layer('standstill-cover', 'Look after patients by other means.');
    const bar = layer('standstill-bar');
    bar.append(this.words);
    place.append(cover, bar);
    this.bar = fadeAfter(bar, THRESHOLDS.notLiveAfter.value + RENEW_MS);
    this.cover = fadeAfter(cover, THRESHOLDS.blankAfter.value);
  }

  /**
   * The page is not standing still: it has just judged what it shows.
   * @param serverMs the station's time
   * @param shownAgeMs how long ago what it shows was surely live; null: it shows no number
   */
  alive(serverMs: number | null, shownAgeMs: number | null): void {
    const { monotonicMs } = readClocks();
    const isCoverNear = Number(this.cover.currentTime) > COVER_AT_MOST_MS;
    if (!isCoverNear && monotonicMs - this.renewedMs < RENEW_MS) return;
    this.renewedMs = monotonicMs;
    this.bar.currentTime = 0;
    // Numbers that were old before the page stood still are covered no later for it.
    this.cover.currentTime = Math.min(shownAgeMs ?? 0, COVER_AT_MOST_MS);
    const since = serverMs === null ? '' : ` since ${timeOfDay(serverMs)}`;
    const words = `NOT LIVE${since} — this screen stands still`;
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

/** Never in the way of a pointer, a keyboard or a screen reader. */
function layer(name: string, words = ''): HTMLElement {
  const element = document.createElement('div');
  element.className = `standstill ${name}`;
  element.ariaHidden = 'true';
  element.textContent = words;
  return element;
}

/** Opacity alone runs without the page's own thread. It never ends: an animation that has ended may be dropped by that thread only. */
function fadeAfter(element: HTMLElement, ms: number): Animation {
  const [from, to] = [ms / FOR_EVER_MS, (ms + 1) / FOR_EVER_MS];
  const keyframes = [
    { opacity: 0, offset: 0 },
    { opacity: 0, offset: from },
    { opacity: 1, offset: to },
    { opacity: 1, offset: 1 },
  ];
  return element.animate(keyframes, { duration: FOR_EVER_MS, fill: 'forwards' });
}
