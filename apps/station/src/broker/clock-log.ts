import { partitionOf } from '@app/contracts';
import type { Checkpoint, Journal } from '@app/journal';
import { WearerPlacement, type WearerPlacementSnapshot } from '@app/stream';
import { Inject, Injectable } from '@nestjs/common';
import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../platform/clock.js';
import { CLOCK, JOURNAL } from '../platform/tokens.js';
import { InputLog } from './input-log.js';
import { KnownClock } from './known-clock.js';

const CONSUMER = 'broker-placing';
/** Raise it when the meaning of the state changes: devices are then learned anew. */
const STATE_VERSION = 1;
const SAVE_INTERVAL_MS = 1_000;
/** A device that was not heard for this long is forgotten at the next start, ms: no backlog is older. */
const FORGOTTEN_MS = 31 * 86_400_000;

/**
 * What is known of the clocks of devices. It is saved, so that a backlog is placed after a restart as before; a crash loses
 * a minute of it, which makes later answers less sure and never wrong.
 */
@Injectable()
export class ClockLog {
  private readonly known = new Map<string, KnownClock>();
  private readonly deleted = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: InputLog,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    const nowMs = this.clock.nowMs();
    for (let partition = 0; partition < this.journal.partitions; partition++) {
      const saved = await this.journal.checkpoint(CONSUMER, partition);
      for (const [device, bytes] of saved?.state ?? []) {
        const placement = decode(bytes);
        const heardMs = placement?.newest?.lastMs ?? -Infinity;
        if (placement === null || nowMs - heardMs > FORGOTTEN_MS) this.deleted.add(device);
        else this.known.set(device, new KnownClock(placement, nowMs));
      }
    }
    this.timer = setInterval(() => {
      const atMs = this.clock.nowMs();
      this.saving = this.saving.then(() => this.save((one) => one.isDue(atMs)));
    }, SAVE_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.saving;
    await this.save((one) => one.hasChanged);
  }

  of(device: string): KnownClock {
    let known = this.known.get(device);
    if (known === undefined) {
      known = new KnownClock(new WearerPlacement(), 0);
      this.known.set(device, known);
      this.deleted.delete(device);
    }
    return known;
  }

  all(): Iterable<KnownClock> {
    return this.known.values();
  }

  /** The device is no longer known. */
  forget(device: string): void {
    if (this.known.delete(device)) this.deleted.add(device);
  }

  /** What cannot be saved is tried again a second later. */
  private async save(isWanted: (one: KnownClock) => boolean): Promise<void> {
    const changed = [...this.known].filter(([, one]) => isWanted(one));
    const gone = [...this.deleted];
    if (changed.length === 0 && gone.length === 0) return;
    const checkpoints = this.checkpoints(changed, gone);
    const nowMs = this.clock.nowMs();
    this.deleted.clear();
    for (const [, one] of changed) one.saved(nowMs);
    try {
      await this.journal.commit(CONSUMER, checkpoints);
    } catch (error) {
      this.log.failed(error);
      for (const [, one] of changed) one.hasNews();
      for (const device of gone) if (!this.known.has(device)) this.deleted.add(device);
    }
  }

  private checkpoints(changed: readonly [string, KnownClock][], gone: readonly string[]) {
    const byPartition = new Map<number, Required<Checkpoint>>();
    const of = (device: string) => {
      const partition = partitionOf(device, this.journal.partitions);
      const state = new Map<string, Uint8Array>();
      const checkpoint = byPartition.get(partition) ?? { partition, offset: 0, state, deleted: [] };
      byPartition.set(partition, checkpoint);
      return checkpoint;
    };
    for (const [device, { placement }] of changed) of(device).state.set(device, encode(placement));
    for (const device of gone) of(device).deleted.push(device);
    return [...byPartition.values()];
  }
}

function encode(placement: WearerPlacement): Uint8Array {
  return serialize({ version: STATE_VERSION, state: placement.save() });
}

/** Null when it cannot be used: the device's clock is then learned anew. */
function decode(bytes: Uint8Array): WearerPlacement | null {
  try {
    const saved = deserialize(bytes) as { version: number; state: WearerPlacementSnapshot };
    return saved.version === STATE_VERSION ? new WearerPlacement(saved.state) : null;
  } catch {
    return null;
  }
}
