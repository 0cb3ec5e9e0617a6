import type { DeviceEntry } from '@app/registry';
import type { DeviceError, Downlink } from '@app/contracts';
import type { Client } from 'aedes';
import type { Clock } from '../platform/clock.js';
import type { Allowance } from './allowance.js';
import type { GuardedConnection } from './guarded-connection.js';
import { BROKER_LIMITS, type PacedTopic } from './limits.js';
import { PacedQueue } from './paced-queue.js';
import { ReportLimit } from '../platform/report-limit.js';

/** Why a session ended; the `reason` of the metric and of the journal's link record. */
export type EndReason =
  | 'closed' // the client said goodbye
  | 'lost' // the connection ended without a goodbye
  | 'keep-alive'
  | 'replaced' // the same device connected again
  | 'slow-reader'
  | 'protocol-error'
  | 'packet-too-large'
  | 'malformed' // too many malformed messages
  | 'removed' // the device is no longer known
  | 'secret-renewed'
  | 'registry' // nobody could say who wears the device
  | 'journal' // the journal did not take a record
  | 'shutdown'
  | 'station-restart';

/** One authenticated connection of one device. */
export class DeviceSession {
  readonly downlinks = new Set<Downlink>();
  /** Frames waiting in the device's outbox, by its last status message. */
  waitingFrames = 0;
  readonly reports;
  readonly queues: Record<PacedTopic, PacedQueue>;
  /** Who was told last, by a link record, that the device is there; null before the first. */
  linkedTo: string | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private reason: EndReason | null = null;

  constructor(
    /** As it was when the device connected. */
    readonly entry: DeviceEntry,
    readonly client: Client,
    readonly connection: GuardedConnection,
    readonly allowance: Allowance,
    clock: Clock,
  ) {
    const { frames, backfill, status } = allowance.topics;
    this.queues = {
      frames: new PacedQueue(frames, clock),
      backfill: new PacedQueue(backfill, clock),
      status: new PacedQueue(status, clock),
    };
    this.reports = new ReportLimit<DeviceError['reason']>(BROKER_LIMITS.reportIntervalMs);
  }

  get device(): string {
    return this.entry.device;
  }

  /** Asks for something; the answers come in the order of the questions. */
  inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const answer = this.turn.then(ask);
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** The reason given first, or what can be told from the connection itself. */
  get endReason(): EndReason {
    return this.reason ?? (this.connection.saidGoodbye ? 'closed' : 'lost');
  }

  /** Remembers why the session is about to end. */
  blame(reason: EndReason): void {
    this.reason ??= reason;
  }

  /** Ends the session once the last acknowledgement and error message have left. */
  end(reason: EndReason): void {
    this.blame(reason);
    this.connection.closeAfter(BROKER_LIMITS.closeGraceMs);
  }

  /** Messages that wait because the device is over its rate. */
  get waitingMessages(): number {
    return Object.values(this.queues).reduce((sum, queue) => sum + queue.length, 0);
  }

  dispose(): void {
    for (const queue of Object.values(this.queues)) queue.clear();
  }
}
