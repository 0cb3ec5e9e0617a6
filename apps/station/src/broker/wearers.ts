import { CANARY, NOBODY } from '@app/contracts';
import { DeviceDirectory, type DeviceEntry, type Registry } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import { CanaryDevice } from '../canary/canary-device.js';
import { REGISTRY } from '../platform/tokens.js';

/** Who wears which device: every answer is as the registry is at the question, whoever changed it. */
@Injectable()
export class Wearers {
  private readonly directory: DeviceDirectory;

  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly canary: CanaryDevice,
  ) {
    this.directory = new DeviceDirectory(registry);
  }

  /** Null when there is no such device. */
  entry(device: string): Promise<DeviceEntry | null> {
    if (device === CANARY) return Promise.resolve(this.canary.entry);
    return this.directory.current(device);
  }

  /** Who wears it now, or `NOBODY`. */
  async of(device: string): Promise<string> {
    const entry = await this.entry(device);
    return entry === null ? NOBODY : wearerNow(entry);
  }

  /** Another number after every change. */
  revision(): Promise<number> {
    return this.registry.revision();
  }
}

export function wearerNow({ wearings }: DeviceEntry): string {
  const newest = wearings.at(-1);
  return newest?.toMs === null ? newest.patient : NOBODY;
}
