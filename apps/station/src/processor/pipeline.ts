import {
  CANARY,
  NOBODY,
  decodeFrame,
  decodeInput,
  encodeRecord,
  type InputRecord,
  type WardRecord,
} from '@app/contracts';
import type { JournalRecord, NewRecord } from '@app/journal';
import { withoutNetworks } from './without-networks.js';
import { untilTaken } from '../platform/until-taken.js';
import { answerWindows } from './answer-windows.js';
import type { PartitionSessions } from './partition-sessions.js';
import type { PipelineParts } from './pipeline-parts.js';
import { ProcessorState } from './processor-state.js';
import type { ReadyWindow } from './ready-window.js';

/**
 * The whole chain from raw samples to vital signs. A batch of records of `frames` goes through it in three steps:
 *
 *   1. `accept`, record by record: decode → order → filter, cut windows, features   (wearer-session.ts, patient-lane.ts)
 *   2. `answerWindows`, many patients at once: ONNX → belief → vital signs          (answer-windows.ts)
 *   3. append to `ward`, in the order of the records that caused it; then a checkpoint may be taken.
 *
 * What comes out depends on the records alone: not on how they were batched, when they were read, or where a restart
 * fell. Only the latency is measured.
 */
export class Pipeline {
  /** What is remembered from one batch to the next. */
  readonly state: ProcessorState;

  constructor(private readonly parts: PipelineParts) {
    this.state = new ProcessorState(parts.metrics);
  }

  /** Works on records in their order. When it resolves, all that they caused is durable in `ward`. */
  async process(records: readonly JournalRecord[]): Promise<void> {
    const { journal, metrics } = this.parts;
    const ready: ReadyWindow[] = [];
    /** What the records cause, in their order; a window's place stays empty until it is answered. */
    const caused: (NewRecord | null)[] = [];
    const places: number[] = [];
    for (const record of records) {
      const follows = this.accept(record, ready);
      while (places.length < ready.length) places.push(caused.push(null) - 1);
      if (follows !== null) caused.push(follows);
      this.state.advance(record);
    }

    const vitals = await answerWindows(ready, this.parts);
    for (const [i, vital] of vitals.entries()) {
      if (vital === null) continue;
      if (vital.patient !== CANARY) metrics.answered(vital);
      caused[places[i]!] = wardRecord(vital.patient, { type: 'vitals', vital });
    }

    const durable = caused.filter((record) => record !== null);
    if (durable.length > 0)
      await untilTaken('results', () => journal.append('ward', durable), this.parts.signal);
  }

  /** One record, up to the windows that it completes; returns what else it causes in `ward`. */
  private accept(record: JournalRecord, ready: ReadyWindow[]): NewRecord | null {
    const input = this.parts.metrics.unreadable.decode(record, decodeInput);
    if (input === null) return null;
    const sessions = this.state.sessionsOf(record.partition);
    switch (input.type) {
      case 'frame':
        if (input.patient === NOBODY) {
          const stray = sessions.stray(record.key, input);
          return stray === null ? null : wardRecord(record.key, stray);
        }
        this.acceptFrame(sessions, input, ready);
        return null;
      case 'link':
        return wardRecord(input.patient === NOBODY ? input.device : input.patient, input);
      case 'tick': {
        sessions.tick(input.atMs, ready);
        const { partition } = record;
        return wardRecord(`processor-${partition}`, {
          type: 'progress',
          part: 'processor',
          partition,
          tickMs: input.atMs,
          ...withoutNetworks(this.parts.networks),
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
    sessions.take(decoded.frame, input, ready);
  }
}

function wardRecord(key: string, record: WardRecord): NewRecord {
  return { key, value: encodeRecord(record) };
}
