import type { LinkRecord } from '@app/contracts';
import type { PatientAlarms } from './alarm-state.js';

/** Takes in that a device came or went. After a crash of the processor `ward` says some things again: an older word. */
export function takeLink({ links }: PatientAlarms, { device, connected, atMs }: LinkRecord): void {
  if (atMs >= (links[device]?.atMs ?? 0)) links[device] = { connected, atMs };
}

/** A result without a word of the link before it: its device was there. */
export function heardOf({ links }: PatientAlarms, device: string, atMs: number): void {
  links[device] ??= { connected: true, atMs };
}

/** Whether the device that is listened to is connected, or any before its first result; without a word of it, yes. */
export function isConnected({ links, latest }: PatientAlarms): boolean {
  if (latest !== null) return links[latest.device]?.connected ?? true;
  const all = Object.values(links);
  return all.length === 0 || all.some(({ connected }) => connected);
}

/** Of two devices that both are there: the one that came later, as the wall shows it. */
export function cameLater({ links }: PatientAlarms, device: string, than: string): boolean {
  const sinceMs = (name: string) => (links[name]?.connected === true ? links[name].atMs : -1);
  return sinceMs(device) > sinceMs(than);
}
