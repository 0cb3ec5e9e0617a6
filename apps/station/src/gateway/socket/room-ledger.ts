import type {
  AlarmEvent,
  AudioPause,
  PatientState,
  Room,
  Snapshot,
  StrayDevice,
  Update,
} from '@app/contracts';

/** What the rooms show. */
export interface RoomSource {
  title(room: Room): string;
  /** Everybody of the room. */
  patients(room: Room): PatientState[];
  /** Null when the patient is not, or no longer, of the room. */
  patient(room: Room, patient: string): PatientState | null;
  strays(room: Room): StrayDevice[];
  /** The ward's own. */
  wardAlarms(room: Room): { alarms: AlarmEvent[]; audioPause: AudioPause | null };
}

interface Watched {
  sequence: number;
  changed: Set<string>;
  /** Who some client of the room may show: whoever leaves it must be taken away there. */
  members: Set<string>;
  /** As they were sent last, as text. */
  strays: string;
  wardAlarms: string;
}

/** Counts the updates of each watched room and keeps what changed since the last one. */
export class RoomLedger {
  private readonly rooms = new Map<Room, Watched>();

  constructor(private readonly source: RoomSource) {}

  /** The room's state, to which the update numbered one higher applies. Watches the room from now on. */
  snapshot(room: Room, serverMs: number): Snapshot {
    const patients = this.source.patients(room);
    const strays = this.source.strays(room);
    const own = this.source.wardAlarms(room);
    const watched = this.rooms.get(room) ?? {
      sequence: 0,
      changed: new Set(),
      members: new Set(),
      strays: JSON.stringify(strays),
      wardAlarms: JSON.stringify(own),
    };
    this.rooms.set(room, watched);
    for (const { patient } of patients) watched.members.add(patient);
    const { sequence } = watched;
    return {
      room,
      sequence,
      serverMs,
      title: this.source.title(room),
      patients,
      strays,
      wardAlarms: own.alarms,
      wardAudioPause: own.audioPause,
    };
  }

  /** Nobody watches the room any more. */
  close(room: Room): void {
    this.rooms.delete(room);
  }

  /** Notes that a patient changed, or went from one room to another. */
  change(patient: string): void {
    for (const [room, { changed }] of this.rooms) {
      if (room.startsWith('ward/') || room === `patient/${patient}`) changed.add(patient);
    }
  }

  /** The next update of every room in which something changed. */
  takeUpdates(serverMs: number): Update[] {
    const updates: Update[] = [];
    for (const [room, watched] of this.rooms) {
      const patients: PatientState[] = [];
      const gone: string[] = [];
      for (const patient of watched.changed) {
        const state = this.source.patient(room, patient);
        if (state !== null) {
          watched.members.add(patient);
          patients.push(state);
        } else if (watched.members.delete(patient)) gone.push(patient);
      }
      watched.changed.clear();
      const strays = this.changedStrays(room, watched);
      const { alarms, audioPause } = this.source.wardAlarms(room);
      const wardAlarms = this.hasChanged(watched, alarms, audioPause) ? alarms : null;
      if (patients.length + gone.length === 0 && strays === null && wardAlarms === null) continue;
      updates.push({
        room,
        sequence: ++watched.sequence,
        serverMs,
        patients,
        gone,
        strays,
        wardAlarms,
        wardAudioPause: audioPause,
      });
    }
    return updates;
  }

  private changedStrays(room: Room, watched: Watched): StrayDevice[] | null {
    const strays = this.source.strays(room);
    const text = JSON.stringify(strays);
    if (text === watched.strays) return null;
    watched.strays = text;
    return strays;
  }

  private hasChanged(
    watched: Watched,
    alarms: readonly AlarmEvent[],
    audioPause: AudioPause | null,
  ): boolean {
    const text = JSON.stringify({ alarms, audioPause });
    if (text === watched.wardAlarms) return false;
    watched.wardAlarms = text;
    return true;
  }
}
