import {
  decodeFrame,
  decodeInput,
  encodeRecord,
  type InputRecord,
  type WardRecord,
} from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord, NewRecord } from '@app/journal';
import { Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { answerWindows } from './answer-windows.js';
import type { Networks } from './networks.js';
import { PartitionSessions } from './partition-sessions.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow } from './ready-window.js';

export interface PipelineParts {
  journal: Journal;
  networks: Networks;
  clock: Clock;
  metrics: ProcessorMetrics;
}

/**
 * The whole chain from raw samples to vital signs. A batch of records of `frames` goes through it in three steps:
 *
 *   1. `accept`, record by record: decode → order → filter, cut windows, features   (boot-session.ts, patient-lane.ts)
 *   2. `answerWindows`, many patients at once: ONNX → belief → vital signs          (answer-windows.ts)
 *   3. append to `ward`, in the order of the records that caused it; then a checkpoint may be taken.
 *
 * What comes out depends on the records alone: not on how they were batched, when they were read, or where a restart
 * fell. Only the latency is measured.
 */
export class Pipeline {
  private readonly logger = new Logger('Processor');
  private readonly partitions = new Map<number, PartitionSessions>();
  private readonly offsets = new Map<number, number>();

  constructor(private readonly parts: PipelineParts) {}

  /** Works on records in their order. When it resolves, all that they caused is durable in `ward`. */
  async process(records: readonly JournalRecord[]): Promise<void> {
    const { journal, networks, clock, metrics } = this.parts;
    const ready: ReadyWindow[] = [];
    /** What the records cause, in their order; a window's place stays empty until it is answered. */
    const caused: (NewRecord | null)[] = [];
    const places: number[] = [];
    for (const record of records) {
      const follows = this.accept(record, ready);
      while (places.length < ready.length) places.push(caused.push(null) - 1);
      if (follows !== null) caused.push(follows);
      this.offsets.set(record.partition, record.offset + 1);
    }

    const vitals = await answerWindows(ready, networks, clock);
    for (const [i, vital] of vitals.entries()) {
      if (vital === null) continue;
      metrics.answered(vital);
      caused[places[i]!] = wardRecord(vital.patient, { type: 'vitals', vital });
    }

    const durable = caused.filter((record) => record !== null);
    if (durable.length > 0) await journal.append('ward', durable);
  }

  /** One record, up to the windows that it completes; returns what else it causes in `ward`. */
  private accept(record: JournalRecord, ready: ReadyWindow[]): NewRecord | null {
    const input = this.decode(record);
    if (input === null) return null;
    const sessions = this.sessionsOf(record.partition);
    switch (input.type) {
      case 'frame':
        this.acceptFrame(sessions, input, ready);
        return null;
      case 'link':
        return wardRecord(input.patient, input);
      case 'tick': {
        sessions.tick(input.atMs, ready);
        const { partition } = record;
        return wardRecord(`processor-${partition}`, {
          type: 'progress',
          part: 'processor',
          partition,
          tickMs: input.atMs,
        });
      }
    }
  }

  private acceptFrame(
    sessions: PartitionSessions,
    input: InputRecord & { type: 'frame' },
    ready: ReadyWindow[],
  ): void {
    const decoded = decodeFrame(input.frame);
    if (!decoded.ok) {
      this.parts.metrics.unplaced.inc({ reason: 'undecodable' });
      return;
    }
    const { frame } = decoded;
    try {
      sessions.take(frame, input, ready);
    } catch (error) {
      // One device's frame must not stop the ward: the device begins anew, the others go on.
      sessions.drop(frame.device);
      this.parts.metrics.failures.inc();
      this.logger.error(
        `${frame.device}, boot ${frame.bootId}, frame ${frame.sequence} failed and its device begins anew: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }

  /** Null for a record that this version cannot read: it is counted, and stays in the journal. */
  private decode(record: JournalRecord): InputRecord | null {
    try {
      return decodeInput(record.value);
    } catch (error) {
      this.parts.metrics.unreadable.inc();
      this.logger.error(
        `frames, partition ${record.partition}, offset ${record.offset} cannot be read and is skipped: ${String(error)}`,
      );
      return null;
    }
  }

  /** @throws when the state is of another version or damaged; the partition is then as if new. */
  restore(partition: number, state: ReadonlyMap<string, Uint8Array>): void {
    this.partitions.set(partition, new PartitionSessions(this.parts.metrics, state));
  }

  /** Begins a partition without its saved state, which the next checkpoint removes. */
  startOver(partition: number, saved: Iterable<string>): void {
    const sessions = new PartitionSessions(this.parts.metrics);
    for (const key of saved) sessions.drop(key);
    this.partitions.set(partition, sessions);
  }

  /** Progress and the state that changed since the last call; ask only between two calls of `process`. */
  takeCheckpoints(): Checkpoint[] {
    return [...this.offsets].map(([partition, offset]) => ({
      partition,
      offset,
      ...this.sessionsOf(partition).takeChanges(),
    }));
  }

  /** The next offset of each partition that has been read. */
  get positions(): ReadonlyMap<number, number> {
    return this.offsets;
  }

  get sessionCount(): number {
    return this.sum((sessions) => sessions.size);
  }

  get laneCount(): number {
    return this.sum((sessions) => sessions.lanes);
  }

  private sum(of: (sessions: PartitionSessions) => number): number {
    let sum = 0;
    for (const sessions of this.partitions.values()) sum += of(sessions);
    return sum;
  }

  private sessionsOf(partition: number): PartitionSessions {
    let sessions = this.partitions.get(partition);
    if (sessions === undefined) {
      sessions = new PartitionSessions(this.parts.metrics);
      this.partitions.set(partition, sessions);
    }
    return sessions;
  }
}

function wardRecord(key: string, record: WardRecord): NewRecord {
  return { key, value: encodeRecord(record) };
}
