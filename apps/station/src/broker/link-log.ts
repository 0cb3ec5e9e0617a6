import { CANARY, NOBODY, type Origin, partitionOf } from '@app/contracts';
import type { Checkpoint, Journal } from '@app/journal';
import type { DeviceEntry } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK, JOURNAL } from '../platform/tokens.js';
import type { DeviceSession, EndReason } from './device-session.js';
import { InputLog } from './input-log.js';
import { Wearers, wearerNow } from './wearers.js';

const CONSUMER = 'broker-links';
const SAVE_INTERVAL_MS = 1000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Whom a connected device was recorded for; null: it is gone. */
type Linked = { patient: string; origin: Origin } | null;

/**
 * Records in the journal when devices come and go, for whoever wears them: also when a connected device is given to somebody
 * else. Which devices are connected is saved every second, so that after a crash the next start can record that they were
 * lost: nobody else would.
 */
@Injectable()
export class LinkLog {
  private readonly changed = new Map<string, Linked>();
  private readonly pending = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly log: InputLog,
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly wearers: Wearers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Records the devices that the last run left connected as lost. */
  async start(): Promise<void> {
    for (let partition = 0; partition < this.journal.partitions; partition++) {
      const saved = await this.journal.checkpoint(CONSUMER, partition);
      for (const [device, bytes] of saved?.state ?? []) {
        const linked = await this.linkedTo(device, bytes);
        if (linked !== null) await this.append(device, linked, false, 'station-restart');
        this.changed.set(device, null);
      }
    }
    await this.save();
    this.timer = setInterval(() => this.track(this.save()), SAVE_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await Promise.all(this.pending);
    await this.save();
  }

  connected(session: DeviceSession): void {
    // no link of the station's own device is anybody's concern: what is proved is the way of its samples
    if (session.device === CANARY) return;
    this.link(session, session.entry, 'connected');
  }

  /**
   * A connected device may be somebody else's now. Whoever wears it learns that it is there; whoever wore it learns from
   * the registry that it is theirs no more. @returns whether it has changed.
   */
  follow(session: DeviceSession, entry: DeviceEntry): boolean {
    if (session.linkedTo === null || session.linkedTo === wearerNow(entry)) return false;
    this.link(session, entry, wearerNow(entry) === NOBODY ? 'unassigned' : 'assigned');
    return true;
  }

  disconnected(session: DeviceSession, reason: EndReason): void {
    if (session.device === CANARY) return;
    this.changed.set(session.device, null);
    // the journal takes nothing: `InputLog` has said so, and silence raises its own alarm
    this.record(session, false, reason, () => undefined);
    session.linkedTo = null;
  }

  private link(session: DeviceSession, entry: DeviceEntry, reason: string): void {
    session.linkedTo = wearerNow(entry);
    this.changed.set(session.device, { patient: session.linkedTo, origin: entry.origin });
    this.record(session, true, reason, () => session.end('journal'));
  }

  private record(
    session: DeviceSession,
    connected: boolean,
    reason: string,
    onFailure: () => void,
  ): void {
    const { origin } = session.entry;
    const linked = { patient: session.linkedTo ?? NOBODY, origin };
    this.track(this.append(session.device, linked, connected, reason).catch(onFailure));
  }

  private append(
    device: string,
    { patient, origin }: NonNullable<Linked>,
    connected: boolean,
    reason: string,
  ): Promise<void> {
    const atMs = this.clock.nowMs();
    return this.log.append(device, {
      type: 'link',
      patient,
      origin,
      device,
      connected,
      atMs,
      reason,
    });
  }

  /** What was saved of a device that was connected. An earlier version saved only that it was. */
  private async linkedTo(device: string, bytes: Uint8Array): Promise<Linked> {
    if (bytes.length > 0) return JSON.parse(decoder.decode(bytes)) as Linked;
    const entry = await this.wearers.entry(device);
    return entry === null ? null : { patient: wearerNow(entry), origin: entry.origin };
  }

  private track(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  /** Saves what has changed; what cannot be saved is tried again with the next change. */
  private async save(): Promise<void> {
    if (this.changed.size === 0) return;
    const changes = new Map(this.changed);
    this.changed.clear();
    try {
      await this.journal.commit(CONSUMER, this.checkpoints(changes));
    } catch (error) {
      this.log.failed(error);
      for (const [device, linked] of changes)
        if (!this.changed.has(device)) this.changed.set(device, linked);
    }
  }

  private checkpoints(changes: ReadonlyMap<string, Linked>): Checkpoint[] {
    const byPartition = new Map<number, Required<Checkpoint>>();
    for (const [device, linked] of changes) {
      const partition = partitionOf(device, this.journal.partitions);
      const checkpoint = byPartition.get(partition) ?? {
        partition,
        offset: 0,
        state: new Map<string, Uint8Array>(),
        deleted: [] as string[],
      };
      byPartition.set(partition, checkpoint);
      if (linked === null) checkpoint.deleted.push(device);
      else checkpoint.state.set(device, encoder.encode(JSON.stringify(linked)));
    }
    return [...byPartition.values()];
  }
}
