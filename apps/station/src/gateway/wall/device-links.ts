export interface DeviceLink {
  connected: boolean;
  /** When that began, station's clock, ms. */
  sinceMs: number;
}

/**
 * The last word of every device's connection, whoever wore it then: `ward` tells a link to its wearer, so a device that
 * changes hands while it is connected would look as if it had never come.
 */
export class DeviceLinks {
  private readonly links = new Map<string, DeviceLink>();

  /** @returns whether it is news. */
  apply(device: string, { connected, sinceMs }: DeviceLink): boolean {
    const known = this.links.get(device);
    if (known !== undefined && (sinceMs < known.sinceMs || connected === known.connected)) {
      return false;
    }
    this.links.set(device, { connected, sinceMs });
    return true;
  }

  /** Only when nothing is known of it: a result came, so its device was there. */
  assume(device: string, sinceMs: number): void {
    if (!this.links.has(device)) this.links.set(device, { connected: true, sinceMs });
  }

  of(device: string): DeviceLink | undefined {
    return this.links.get(device);
  }

  forget(device: string): void {
    this.links.delete(device);
  }
}
