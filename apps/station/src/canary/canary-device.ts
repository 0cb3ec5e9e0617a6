import { Inject, Injectable } from '@nestjs/common';
import { CANARY, type Origin } from '@app/contracts';
import { type DeviceEntry, readDataFolder } from '@app/registry';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { SETTINGS_TOKEN } from '../platform/tokens.js';
import type { Settings } from '../settings.js';

/** What the broker knows of the canary, in the registry's place: its secret never leaves this process. */
@Injectable()
export class CanaryDevice {
  readonly secret = randomBytes(24).toString('base64url');
  /** Null when this station has no canary: nobody is let in under its name. */
  readonly entry: DeviceEntry | null;

  constructor(@Inject(SETTINGS_TOKEN) { canary, data }: Settings) {
    this.entry = canary ? entryOf(readDataFolder(data).origin) : null;
  }

  verify(secret: string): DeviceEntry | null {
    const [given, own] = [Buffer.from(secret), Buffer.from(this.secret)];
    return given.length === own.length && timingSafeEqual(given, own) ? this.entry : null;
  }
}

/** It wears itself, and always has. */
function entryOf(origin: Origin): DeviceEntry {
  return {
    device: CANARY,
    origin,
    ward: '',
    wearings: [{ patient: CANARY, fromMs: 0, toMs: null }],
    credential: CANARY,
  };
}
