import {
  AlarmMachine,
  PARTITION_KEY,
  type PartitionState,
  type PatientAlarms,
  newPartitionState,
} from '@app/alarms';
import { type EventRecord, decodeWardRecord } from '@app/contracts';
import type { Checkpoint, JournalRecord } from '@app/journal';
import type { UnreadableRecords } from '../platform/unreadable-records.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The alarm machine of one partition of `ward`, with its place in the stream. */
export class AlarmPartition {
  readonly machine: AlarmMachine;
  /** The next offset to read; null until something was read since the last checkpoint. */
  private next: number | null = null;

  /** @throws when a saved state is damaged, or of another version. */
  constructor(
    readonly partition: number,
    private readonly unreadable: UnreadableRecords,
    saved: ReadonlyMap<string, Uint8Array> = new Map(),
  ) {
    const states = new Map(
      [...saved].map(([key, bytes]) => [key, JSON.parse(decoder.decode(bytes)) as unknown]),
    );
    const own = states.get(PARTITION_KEY) as PartitionState | undefined;
    states.delete(PARTITION_KEY);
    if (saved.size > 0 && own?.version !== newPartitionState().version)
      throw new Error('it was saved by another version of the alarm machine');
    this.machine = new AlarmMachine(
      own ?? newPartitionState(),
      states.values() as Iterable<PatientAlarms>,
    );
  }

  /** Takes in one record of this partition; returns what belongs into `events`. */
  take(record: JournalRecord): EventRecord[] {
    this.next = record.offset + 1;
    const input = this.unreadable.decode(record, decodeWardRecord);
    if (input === null) return [];
    const events = this.machine.apply(input);
    if (input.type !== 'tick') return events;
    return [
      ...events,
      { type: 'progress', part: 'alarms', partition: this.partition, tickMs: input.atMs },
    ];
  }

  /** Progress and the states that changed since the last checkpoint; null when nothing was read. */
  checkpoint(): Checkpoint | null {
    if (this.next === null) return null;
    const state = new Map([[PARTITION_KEY, toBytes(this.machine.partition)]]);
    for (const patient of this.machine.takeTouched()) state.set(patient.patient, toBytes(patient));
    const { partition, next: offset } = this;
    this.next = null;
    return { partition, offset, state };
  }
}

function toBytes(state: PartitionState | PatientAlarms): Uint8Array {
  return encoder.encode(JSON.stringify(state));
}
