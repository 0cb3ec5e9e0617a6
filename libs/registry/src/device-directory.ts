import type { DeviceEntry, Registry } from './registry.js';

/** Entries kept at most; beyond it, all are forgotten and read again as they are asked for. */
const MOST = 10_000;

/**
 * Who wears a device, per frame: from memory while nothing has changed. Exact: a change that was committed before the call
 * is seen by it, whoever made it.
 */
export class DeviceDirectory {
  private revision = -1;
  private readonly entries = new Map<string, DeviceEntry | null>();

  constructor(private readonly registry: Pick<Registry, 'revision' | 'devices'>) {}

  /** @returns null when there is no such device. */
  async current(device: string): Promise<DeviceEntry | null> {
    const revision = await this.registry.revision();
    if (revision > this.revision || this.entries.size >= MOST) {
      this.entries.clear();
      this.revision = Math.max(revision, this.revision);
    }
    const known = this.entries.get(device);
    if (known !== undefined && revision === this.revision) return known;
    const entry = await this.registry.devices.find(device);
    // What was read before a later change is not kept.
    if (revision === this.revision) this.entries.set(device, entry);
    return entry;
  }
}
