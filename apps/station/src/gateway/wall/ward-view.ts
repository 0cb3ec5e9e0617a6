import type { LinkRecord, Origin, VitalSigns } from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** What `ward` says of one patient. Immutable: a record gives a new view, or the same one when it says nothing new. */
export interface WardView {
  origin: Origin;
  /** The last live window. */
  vital: VitalSigns | null;
  /** When that window's result was recorded, station's clock, ms. */
  lastDataMs: number | null;
  /** The one heard of last comes first. */
  devices: readonly DeviceView[];
}

export interface DeviceView {
  device: string;
  connected: boolean;
  /** When `connected` last changed, station's clock, ms. */
  sinceMs: number;
  /** The last window of each boot, the newest boot first: what is not beyond it has been seen. */
  boots: readonly { bootId: string; window: number }[];
}

/** The device whose results the wall shows: the connected one that connected last, else the one heard of last. */
export function shownDevice(view: WardView): DeviceView | undefined {
  const connected = view.devices.filter((device) => device.connected);
  return connected.toSorted((a, b) => b.sinceMs - a.sinceMs)[0] ?? view.devices[0];
}

/**
 * After a restart the processor repeats its last results: only a live window beyond the last one of its boot is news.
 * @param appendMs when the record was appended, ms since 1970.
 */
export function withVital(
  view: WardView | undefined,
  vital: VitalSigns,
  appendMs: number,
): WardView | undefined {
  if (vital.lane !== 'live') return view;
  const known = view?.devices.find(({ device }) => device === vital.device);
  const last = known?.boots.find(({ bootId }) => bootId === vital.bootId);
  if (last !== undefined && vital.window <= last.window) return view;
  const device: DeviceView = {
    // a result without a word of the link before it: its device was there
    ...(known ?? { device: vital.device, connected: true, sinceMs: appendMs }),
    boots: [
      { bootId: vital.bootId, window: vital.window },
      ...(known?.boots ?? []).filter(({ bootId }) => bootId !== vital.bootId),
    ].slice(0, GATEWAY_LIMITS.bootsRemembered),
  };
  const next: WardView = {
    origin: vital.origin,
    vital: view?.vital ?? null,
    lastDataMs: view?.lastDataMs ?? null,
    devices: withDevice(view, device),
  };
  const shown = shownDevice(next);
  return shown === undefined || shown.device === vital.device || !shown.connected
    ? { ...next, vital, lastDataMs: appendMs }
    : next;
}

/** Only a change later than the last one is news. */
export function withLink(view: WardView | undefined, link: LinkRecord): WardView | undefined {
  const known = view?.devices.find(({ device }) => device === link.device);
  if (known !== undefined && (link.atMs < known.sinceMs || link.connected === known.connected)) {
    return view;
  }
  const device: DeviceView = {
    device: link.device,
    connected: link.connected,
    sinceMs: link.atMs,
    boots: known?.boots ?? [],
  };
  return {
    origin: link.origin,
    vital: view?.vital ?? null,
    lastDataMs: view?.lastDataMs ?? null,
    devices: withDevice(view, device),
  };
}

function withDevice(view: WardView | undefined, device: DeviceView): DeviceView[] {
  const others = (view?.devices ?? []).filter((other) => other.device !== device.device);
  return [device, ...others].slice(0, GATEWAY_LIMITS.devicesRemembered);
}
