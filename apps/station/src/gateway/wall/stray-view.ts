import type { LinkRecord, Origin, StrayDevice, StrayRecord } from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** What `ward` says of a device whose samples are nobody's. Immutable, as `WardView`. */
export interface StrayView {
  device: string;
  origin: Origin;
  /** The last word of its connection while nobody wore it. */
  connected: boolean;
  sinceMs: number;
  /** Station's clock at the last record of such samples, ms. */
  lastDataMs: number | null;
  reason: StrayDevice['reason'];
  /** Since it came. */
  frames: number;
}

/** A device that nobody wears came or went. */
export function withStrayLink(view: StrayView | undefined, link: LinkRecord): StrayView {
  const { device, origin, connected, atMs } = link;
  if (view !== undefined && (atMs < view.sinceMs || connected === view.connected)) return view;
  const known = connected ? undefined : view;
  return {
    device,
    origin,
    connected,
    sinceMs: atMs,
    lastDataMs: view?.lastDataMs ?? null,
    reason: known?.reason ?? 'not-admitted',
    frames: known?.frames ?? 0,
  };
}

export function withStray(view: StrayView | undefined, record: StrayRecord): StrayView {
  const { device, origin, reason, frames, atMs } = record;
  // a record repeated after a crash
  if (view !== undefined && view.lastDataMs !== null && atMs <= view.lastDataMs) return view;
  return {
    device,
    origin,
    // samples without a word of the link before them: their device is there
    connected: view?.connected ?? true,
    sinceMs: view?.sinceMs ?? atMs,
    lastDataMs: atMs,
    reason,
    frames: (view?.frames ?? 0) + frames,
  };
}

/**
 * Whether a nurse should see it: a device that nobody wears, until it has been away for ten minutes; one that is worn,
 * while samples come that cannot be placed in time.
 * @param link the last that is known of its connection.
 */
export function isShownStray(
  view: StrayView,
  isWorn: boolean,
  link: { connected: boolean; sinceMs: number },
  nowMs: number,
): boolean {
  const dataMs = view.lastDataMs ?? 0;
  if (isWorn) {
    return view.reason === 'not-placed' && nowMs - dataMs < GATEWAY_LIMITS.notPlacedShownMs;
  }
  return link.connected || nowMs - Math.max(link.sinceMs, dataMs) < GATEWAY_LIMITS.strayForgottenMs;
}
