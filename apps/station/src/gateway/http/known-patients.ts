import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { PatientState } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../platform/tokens.js';
import { WallFollower } from '../wall/wall-follower.js';

/** The patients that the wall has heard of, or else the registry: one just admitted, or discharged long ago. */
@Injectable()
export class KnownPatients {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly follower: WallFollower,
  ) {}

  /** @throws NotFoundException when nothing was ever heard of the patient. */
  async require(patient: string): Promise<PatientState> {
    const state = this.follower.wall.state(patient);
    if (state !== null) return state;
    const record = await this.registry.patients.find(patient);
    if (record === null) throw new NotFoundException(`there is no patient ${patient}`);
    const { origin, admission, dischargedMs } = record;
    return {
      patient,
      origin,
      admission,
      device: admission?.devices.at(-1)?.device ?? '',
      connected: false,
      connectedSinceMs: dischargedMs ?? admission?.admittedMs ?? 0,
      lastDataMs: null,
      vital: null,
      backlog: null,
      // the registry's own are not in force before the wall has heard of them
      limits: null,
      limitsOf: null,
      movedHigh: null,
      alarms: [],
      audioPause: null,
      escalation: 'bedside',
    };
  }
}
