/**
 * Which moment of the device's time stands at the right edge of a running trace. It moves at true speed whatever the
 * rhythm in which frames arrive, a little behind the newest sample, and jumps only when that cannot be kept.
 */
export interface Playhead {
  /** Device's time minus this page's, s. */
  readonly offsetS: number;
}

/** Behind the newest sample after a jump, s: longer than a frame of one second and its journey. */
export const DELAY_S = 1.5;
/** Further behind than this is old news, s. */
export const LAG_MAX_S = 5;

export function playheadS(playhead: Playhead, nowS: number): number {
  return nowS + playhead.offsetS;
}

/** After samples up to `endS` have arrived at `nowS`. */
export function arrived(playhead: Playhead | null, endS: number, nowS: number): Playhead {
  const fresh = { offsetS: endS - DELAY_S - nowS };
  if (playhead === null) return fresh;
  const leadS = endS - playheadS(playhead, nowS);
  return leadS > 0.1 && leadS <= LAG_MAX_S ? playhead : fresh;
}
