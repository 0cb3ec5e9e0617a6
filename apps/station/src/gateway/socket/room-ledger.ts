import type { PatientState, Room, Snapshot, Update } from '@app/contracts';

/** Numbers the updates of watched rooms, so that a client knows when it missed one. Pure: sends nothing. */
export class RoomLedger {
  /** Last sequence number of each room that somebody watches. */
  private readonly sequences = new Map<Room, number>();
  private readonly changed = new Set<string>();

  /** The patient's state is not what the last update said. */
  change(patient: string): void {
    this.changed.add(patient);
  }

  get hasChanges(): boolean {
    return this.changed.size > 0;
  }

  /** Opens the room where it is not and gives its state: updates with a greater number apply on top. */
  snapshot(room: Room, serverMs: number, states: () => PatientState[]): Snapshot {
    const sequence = this.sequences.get(room) ?? 0;
    this.sequences.set(room, sequence);
    return { room, sequence, serverMs, patients: states() };
  }

  /** Nobody watches the room any more. */
  close(room: Room): void {
    this.sequences.delete(room);
  }

  /** The updates of all that changed since the last call, one per watched room that it touches. */
  takeUpdates(serverMs: number, stateOf: (patient: string) => PatientState | null): Update[] {
    const states = [...this.changed].map(stateOf).filter((state) => state !== null);
    this.changed.clear();
    const updates: Update[] = [];
    for (const [room, last] of this.sequences) {
      const patients =
        room === 'ward' ? states : states.filter(({ patient }) => room === `patient/${patient}`);
      if (patients.length === 0) continue;
      this.sequences.set(room, last + 1);
      updates.push({ room, sequence: last + 1, serverMs, patients });
    }
    return updates;
  }
}
