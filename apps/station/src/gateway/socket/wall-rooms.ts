import { Injectable } from '@nestjs/common';
import {
  type AlarmEvent,
  type AudioPause,
  type PatientState,
  type Room,
  type StrayDevice,
  limitsKeyOf,
} from '@app/contracts';
import { RegistryFollower } from '../wall/registry-follower.js';
import { WallFollower } from '../wall/wall-follower.js';
import { patientOfRoom, wardOfRoom } from './client-messages.js';
import type { RoomSource } from './room-ledger.js';

/** A ward's room shows who is admitted there, and the devices of the ward that are nobody's; a patient's room one patient. */
@Injectable()
export class WallRooms implements RoomSource {
  constructor(
    private readonly follower: WallFollower,
    private readonly registry: RegistryFollower,
  ) {}

  title(room: Room): string {
    const ward = wardOfRoom(room);
    return ward === null ? (patientOfRoom(room) ?? '') : this.registry.titleOf(ward);
  }

  patients(room: Room): PatientState[] {
    const { wall } = this.follower;
    const ward = wardOfRoom(room);
    if (ward !== null) return wall.inWard(ward);
    const state = wall.state(patientOfRoom(room) ?? '');
    return state === null ? [] : [state];
  }

  patient(room: Room, patient: string): PatientState | null {
    const { wall } = this.follower;
    const ward = wardOfRoom(room);
    const isHere = ward === null ? patientOfRoom(room) === patient : wall.wardOf(patient) === ward;
    return isHere ? wall.state(patient) : null;
  }

  strays(room: Room): StrayDevice[] {
    const ward = wardOfRoom(room);
    if (ward === null) return [];
    return this.follower.wall
      .strays()
      .filter(({ device }) => this.registry.wardOfDevice(device) === ward);
  }

  wardAlarms(room: Room): { alarms: AlarmEvent[]; audioPause: AudioPause | null } {
    const ward = wardOfRoom(room);
    if (ward === null) return { alarms: [], audioPause: null };
    return this.follower.wall.alarmsOf(limitsKeyOf(ward));
  }
}
