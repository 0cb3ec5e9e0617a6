import type { AudioPause } from '@app/contracts';
import { stopwatch } from '../words.js';

/** A pause ends by itself, by the station's clock, whether anybody says so or not. Null: it may sound. */
export function pauseNow(pause: AudioPause | null, serverMs: number | null): AudioPause | null {
  return pause === null || serverMs === null || pause.untilMs <= serverMs ? null : pause;
}

/** `1:42`, rounded up: it reaches 0:00 only when it sounds again. */
export function pauseLeft(pause: AudioPause, serverMs: number): string {
  return stopwatch(Math.ceil((pause.untilMs - serverMs) / 1000) * 1000);
}

/** `Sound paused 1:42 by AB`. */
export function pauseWords(pause: AudioPause, serverMs: number): string {
  return `Sound paused ${pauseLeft(pause, serverMs)} by ${pause.by}`;
}
