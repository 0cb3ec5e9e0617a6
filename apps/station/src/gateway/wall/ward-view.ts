import type { Admission, AdmissionRecord, LinkRecord, Origin, VitalSigns } from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { type BootBacklog, afterBackfill, afterLive } from './boot-backlog.js';

/** What `ward` says of one patient. Immutable: a record gives a new view, or the same one when it says nothing new. */
export interface WardView {
  origin: Origin;
  /** The last live window. */
  vital: VitalSigns | null;
  /** When that window's result was recorded, station's clock, ms. */
  lastDataMs: number | null;
  /** The one heard of last comes first. */
  devices: readonly DeviceView[];
  /** The last word of where the patient is; null before the first. */
  admission: AdmissionView | null;
}

export interface DeviceView {
  device: string;
  connected: boolean;
  /** When `connected` last changed, station's clock, ms. */
  sinceMs: number;
  /** The last window of each boot, the newest boot first: what is not beyond it has been seen. */
  boots: readonly BootView[];
}

export interface BootView {
  bootId: string;
  window: number;
  /** Absent, as in what an earlier version has saved: nothing is known of one. */
  backlog?: BootBacklog;
}

export interface AdmissionView {
  /** Null: discharged. */
  admission: Admission | null;
  /** Where the patient is, or was last. */
  ward: string | null;
  atMs: number;
}

/**
 * The device whose results the wall shows: of those that are worn the connected one that connected last, else the one heard
 * of last.
 */
export function shownDevice(view: WardView): DeviceView | undefined {
  const devices = view.devices.filter(({ device }) => isWorn(view, device));
  const connected = devices.filter((device) => device.connected);
  return connected.toSorted((a, b) => b.sinceMs - a.sinceMs)[0] ?? devices[0];
}

/** Whether the patient wears a device now, as far as the wall has been told: before the first word of it, all may be. */
export function isWorn({ admission }: WardView, device: string): boolean {
  if (admission === null) return true;
  return admission.admission?.devices.some((worn) => worn.device === device) ?? false;
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
  if (vital.lane !== 'live') return withBackfill(view, vital, appendMs);
  const known = view?.devices.find(({ device }) => device === vital.device);
  const last = known?.boots.find(({ bootId }) => bootId === vital.bootId);
  if (last !== undefined && vital.window <= last.window) return view;
  const wornSinceMs = wornSince(view, vital.device);
  const backlog = afterLive(last?.backlog, last?.window ?? null, vital, wornSinceMs, appendMs);
  const device: DeviceView = {
    // a result without a word of the link before it: its device was there
    ...(known ?? { device: vital.device, connected: true, sinceMs: appendMs }),
    boots: [
      bootView(vital.bootId, vital.window, backlog),
      ...(known?.boots ?? []).filter(({ bootId }) => bootId !== vital.bootId),
    ].slice(0, GATEWAY_LIMITS.bootsRemembered),
  };
  const next: WardView = { ...(view ?? newView(vital.origin)), devices: withDevice(view, device) };
  const shown = shownDevice(next);
  // what comes late of a device that was taken off is not held against the one that is worn now
  const isShown =
    shown === undefined ||
    shown.device === vital.device ||
    (!shown.connected && isWorn(next, vital.device));
  const { origin } = vital;
  return isShown ? { ...next, origin, vital, lastDataMs: appendMs } : { ...next, origin };
}

/** A window of the backlog changes nothing but how much of it is still to come. Of a boot that was never live nothing is known. */
function withBackfill(
  view: WardView | undefined,
  { device, bootId, window }: VitalSigns,
  appendMs: number,
): WardView | undefined {
  const known = view?.devices.find((one) => one.device === device);
  const boot = known?.boots.find((one) => one.bootId === bootId);
  if (view === undefined || known === undefined || boot === undefined) return view;
  const backlog = afterBackfill(boot.backlog, window, appendMs);
  if (backlog === boot.backlog) return view;
  const filled = bootView(bootId, boot.window, backlog);
  const boots = known.boots.map((one) => (one === boot ? filled : one));
  const devices = view.devices.map((one) => (one === known ? { ...known, boots } : one));
  return { ...view, devices };
}

function bootView(bootId: string, window: number, backlog: BootBacklog | undefined): BootView {
  return { bootId, window, ...(backlog === undefined ? {} : { backlog }) };
}

function wornSince(view: WardView | undefined, device: string): number | null {
  const worn = view?.admission?.admission?.devices.find((one) => one.device === device);
  return worn?.sinceMs ?? null;
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
    ...(view ?? newView(link.origin)),
    origin: link.origin,
    devices: withDevice(view, device),
  };
}

/** A record is complete: an older one, or one that says the same, is no news. */
export function withAdmission(
  view: WardView | undefined,
  { admission, origin, atMs }: AdmissionRecord,
): WardView {
  const known = view?.admission ?? null;
  if (view !== undefined && known !== null) {
    const isSame = JSON.stringify(known.admission) === JSON.stringify(admission);
    if (atMs < known.atMs || isSame) return view;
  }
  const ward = admission?.ward ?? known?.ward ?? null;
  return { ...(view ?? newView(origin)), origin, admission: { admission, ward, atMs } };
}

function newView(origin: Origin): WardView {
  return { origin, vital: null, lastDataMs: null, devices: [], admission: null };
}

function withDevice(view: WardView | undefined, device: DeviceView): DeviceView[] {
  const others = (view?.devices ?? []).filter((other) => other.device !== device.device);
  return [device, ...others].slice(0, GATEWAY_LIMITS.devicesRemembered);
}
