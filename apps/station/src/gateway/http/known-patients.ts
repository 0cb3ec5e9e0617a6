import { Injectable, NotFoundException } from '@nestjs/common';
import type { PatientState } from '@app/contracts';
import { WallFollower } from '../wall/wall-follower.js';

@Injectable()
export class KnownPatients {
  constructor(private readonly follower: WallFollower) {}

  /** @throws NotFoundException when nothing was ever heard of the patient. */
  require(patient: string): PatientState {
    const state = this.follower.wall.state(patient);
    if (state === null) throw new NotFoundException(`there is no patient ${patient}`);
    return state;
  }
}
