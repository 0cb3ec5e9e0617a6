import { CANARY, type Frame, NOBODY, type Lane, partitionOf, sampledSeconds } from '@app/contracts';
import type { Checkpoint, Journal } from '@app/journal';
import type { DeviceEntry } from '@app/registry';
import { type ArrivedFrame, WearerPlacement, type WearerPlacementSnapshot } from '@app/stream';
import { Inject, Injectable } from '@nestjs/common';
import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../platform/clock.js';
import { StationClock } from '../platform/station-clock.js';
import { CLOCK, JOURNAL } from '../platform/tokens.js';
import { InputLog } from './input-log.js';
import { wearerNow } from './wearers.js';

const CONSUMER = 'broker-placing';
/** Raise it when the meaning of the state changes: devices are then learned anew. */
const STATE_VERSION = 1;
const SAVE_INTERVAL_MS = 1_000;
/** What a device's clock is known to be is saved at once when it is news, and this often while nothing is, ms. */
const SAVE_AT_LEAST_MS = 45_000;
/** Bounds that moved by more than this are news, ms. */
const NEWS_MS = 500;
/** A device that was not heard for this long is forgotten at the next start, ms: no backlog is older. */
const FORGOTTEN_MS = 31 * 86_400_000;

export interface Placed {
  patient: string;
  unassigned: 'not-admitted' | 'not-placed' | null;
}

/** How a frame came. */
export interface Arrival {
  lane: Lane;
  receivedMs: number;
  connectedMs: number;
  isRepeated: boolean;
}

interface Known {
  placement: WearerPlacement;
  savedMs: number;
  /** Of the newest boot, as they were saved. */
  savedBoot: string | null;
  savedLowerMs: number;
  savedUpperMs: number;
  changed: 'no' | 'little' | 'news';
}

/**
 * Decides whose samples each frame holds, once: the journal keeps the answer. What is known of the devices' clocks
 * is saved, so that a backlog is placed after a restart as before; a crash loses a minute of it, which makes
 * the answer less sure and never wrong.
 */
@Injectable()
export class FramePlacing {
  private readonly known = new Map<string, Known>();
  private readonly deleted = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: InputLog,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    if (clock instanceof StationClock) clock.onStep((stepMs) => this.stepped(stepMs));
  }

  async start(): Promise<void> {
    const nowMs = this.clock.nowMs();
    for (let partition = 0; partition < this.journal.partitions; partition++) {
      const saved = await this.journal.checkpoint(CONSUMER, partition);
      for (const [device, bytes] of saved?.state ?? []) this.restore(device, bytes, nowMs);
    }
    this.timer = setInterval(() => this.saveSome(), SAVE_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.saving;
    await this.save((one) => one.changed !== 'no');
  }

  place(entry: DeviceEntry, frame: Frame, arrival: Arrival): Placed {
    // a recording may be played at any speed, its clocks say nothing; the canary is worn by nobody else, ever
    if (entry.origin === 'replay' || entry.device === CANARY) return placedOn(wearerNow(entry));
    const known = this.knownOf(entry.device);
    const arrived = arrivedFrame(frame, arrival);
    known.placement.observe(arrived);
    this.noteChange(known);
    const placed = known.placement.place(arrived, entry.wearings, this.doubtMs);
    if (placed.kind === 'patient') return { patient: placed.patient, unassigned: null };
    return { patient: NOBODY, unassigned: placed.kind };
  }

  /** The device is no longer known. */
  forget(device: string): void {
    if (this.known.delete(device)) this.deleted.add(device);
  }

  /** How far the station's clock is from the system's, by which another program may have written who wears what. */
  private get doubtMs(): number {
    return this.clock instanceof StationClock ? this.clock.aheadMs : 0;
  }

  private stepped(stepMs: number): void {
    for (const one of this.known.values()) {
      one.placement.stepped(stepMs);
      one.changed = 'news';
    }
  }

  private knownOf(device: string): Known {
    const known = this.known.get(device);
    if (known !== undefined) return known;
    const made = fresh(new WearerPlacement());
    this.known.set(device, made);
    this.deleted.delete(device);
    return made;
  }

  private noteChange(one: Known): void {
    if (one.changed === 'news') return;
    const boot = one.placement.newest;
    const bounds = boot?.newest ?? null;
    if (boot === null || bounds === null) return;
    const isNews =
      boot.bootId !== one.savedBoot ||
      Math.abs(bounds.lowerMs - one.savedLowerMs) > NEWS_MS ||
      Math.abs(bounds.upperMs - one.savedUpperMs) > NEWS_MS;
    one.changed = isNews ? 'news' : 'little';
  }

  private restore(device: string, bytes: Uint8Array, nowMs: number): void {
    const placement = decode(bytes);
    const heardMs = placement?.newest?.lastMs ?? -Infinity;
    if (placement === null || nowMs - heardMs > FORGOTTEN_MS) this.deleted.add(device);
    else this.known.set(device, { ...fresh(placement), savedMs: nowMs, ...savedOf(placement) });
  }

  private saveSome(): void {
    const nowMs = this.clock.nowMs();
    this.saving = this.saving.then(() =>
      this.save(
        ({ changed, savedMs }) =>
          changed === 'news' || (changed === 'little' && nowMs - savedMs >= SAVE_AT_LEAST_MS),
      ),
    );
  }

  private async save(isDue: (one: Known) => boolean): Promise<void> {
    const due = [...this.known].filter(([, one]) => isDue(one));
    const gone = [...this.deleted];
    if (due.length === 0 && gone.length === 0) return;
    const checkpoints = this.checkpoints(due, gone);
    this.deleted.clear();
    const nowMs = this.clock.nowMs();
    for (const [, one] of due) {
      Object.assign(one, savedOf(one.placement));
      one.savedMs = nowMs;
      one.changed = 'no';
    }
    try {
      await this.journal.commit(CONSUMER, checkpoints);
    } catch (error) {
      this.log.failed(error);
      for (const [, one] of due) one.changed = 'news';
      for (const device of gone) if (!this.known.has(device)) this.deleted.add(device);
    }
  }

  private checkpoints(due: readonly [string, Known][], gone: readonly string[]): Checkpoint[] {
    const byPartition = new Map<number, Required<Checkpoint>>();
    const of = (device: string) => {
      const partition = partitionOf(device, this.journal.partitions);
      const checkpoint = byPartition.get(partition) ?? {
        partition,
        offset: 0,
        state: new Map<string, Uint8Array>(),
        deleted: [],
      };
      byPartition.set(partition, checkpoint);
      return checkpoint;
    };
    for (const [device, { placement }] of due) of(device).state.set(device, encode(placement));
    for (const device of gone) of(device).deleted.push(device);
    return [...byPartition.values()];
  }
}

function placedOn(patient: string): Placed {
  return { patient, unassigned: patient === NOBODY ? 'not-admitted' : null };
}

function arrivedFrame(frame: Frame, arrival: Arrival): ArrivedFrame {
  const { bootId, monotonicUs, sentMonotonicUs, wallClockMs, wallClockSource } = frame;
  return {
    bootId,
    startMs: monotonicUs / 1000,
    endMs: monotonicUs / 1000 + sampledSeconds(frame) * 1000,
    sentMs: sentMonotonicUs === null ? null : sentMonotonicUs / 1000,
    wallMs: wallClockSource === 'unspecified' ? null : wallClockMs,
    ...arrival,
  };
}

function fresh(placement: WearerPlacement): Known {
  return {
    placement,
    savedMs: 0,
    savedBoot: null,
    savedLowerMs: 0,
    savedUpperMs: 0,
    changed: 'no',
  };
}

function savedOf({ newest }: WearerPlacement) {
  return {
    savedBoot: newest?.bootId ?? null,
    savedLowerMs: newest?.newest?.lowerMs ?? 0,
    savedUpperMs: newest?.newest?.upperMs ?? 0,
  };
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
