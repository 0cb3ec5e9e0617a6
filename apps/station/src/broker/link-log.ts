import { partitionOf } from '@app/contracts';
import type { Checkpoint, Journal } from '@app/journal';
import type { DeviceRecord, DeviceStore } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK, DEVICES, JOURNAL } from '../platform/tokens.js';
import type { DeviceSession, EndReason } from './device-session.js';
import { InputLog } from './input-log.js';

const CONSUMER = 'broker-links';
const SAVE_INTERVAL_MS = 1000;
const NOTHING = new Uint8Array(0);

/**
 * Records in the journal when devices come and go. Which devices are connected is saved every second, so that after a
 * crash the next start can record that they were lost: nobody else would.
 */
@Injectable()
export class LinkLog {
  private readonly changed = new Map<string, 'connected' | 'gone'>();
  private readonly pending = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly log: InputLog,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DEVICES) private readonly devices: DeviceStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Records the devices that the last run left connected as lost. */
  async start(): Promise<void> {
    for (let partition = 0; partition < this.journal.partitions; partition++) {
      const saved = await this.journal.checkpoint(CONSUMER, partition);
      for (const device of saved?.state.keys() ?? []) {
        const record = this.devices.find(device);
        if (record !== null) await this.append(record, false, 'station-restart');
        this.changed.set(device, 'gone');
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
    this.changed.set(session.device, 'connected');
    this.record(session, true, 'connected', () => session.end('journal'));
  }

  disconnected(session: DeviceSession, reason: EndReason): void {
    this.changed.set(session.device, 'gone');
    // the journal takes nothing: `InputLog` has said so, and silence raises its own alarm
    this.record(session, false, reason, () => undefined);
  }

  private record(
    session: DeviceSession,
    connected: boolean,
    reason: string,
    onFailure: () => void,
  ): void {
    const record = this.devices.find(session.device) ?? session.record;
    this.track(this.append(record, connected, reason).catch(onFailure));
  }

  private append(record: DeviceRecord, connected: boolean, reason: string): Promise<void> {
    const { device, patient, origin } = record;
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
      for (const [device, state] of changes)
        if (!this.changed.has(device)) this.changed.set(device, state);
    }
  }

  private checkpoints(changes: ReadonlyMap<string, 'connected' | 'gone'>): Checkpoint[] {
    const byPartition = new Map<number, Required<Checkpoint>>();
    for (const [device, state] of changes) {
      const partition = partitionOf(device, this.journal.partitions);
      const checkpoint = byPartition.get(partition) ?? {
        partition,
        offset: 0,
        state: new Map<string, Uint8Array>(),
        deleted: [] as string[],
      };
      byPartition.set(partition, checkpoint);
      if (state === 'connected') checkpoint.state.set(device, NOTHING);
      else checkpoint.deleted.push(device);
    }
    return [...byPartition.values()];
  }
}
