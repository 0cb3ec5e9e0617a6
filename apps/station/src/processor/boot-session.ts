import type { Frame } from '@app/contracts';
import {
  ClockOffset,
  type ClockOffsetSnapshot,
  DuplicateFilter,
  type DuplicateFilterSnapshot,
} from '@app/stream';
import { frameClock } from './frame-clock.js';
import type { FrameSource } from './frame-source.js';
import type { LaneClock } from './lane-clock.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow } from './ready-window.js';
import { timedFrame } from './timed-frame.js';
import { WearerSession, type WearerSessionSnapshot } from './wearer-session.js';

/**
 * Offset of a boot of which no live frame has come, ms: the least from sending to arrival, else by the device's own wall
 * clock.
 */
interface BacklogOffset {
  sentMs: number | null;
  wallMs: number | null;
}

/** Structured-cloneable state of a `BootSession`. */
export interface BootSessionSnapshot {
  bootId: string;
  duplicates: DuplicateFilterSnapshot;
  offset: ClockOffsetSnapshot;
  backlog: BacklogOffset;
  wearers: WearerSessionSnapshot[];
}

/** Wearers kept per boot: whoever wears it now, and those of whom a backlog may still come. */
const WEARERS = 4;

/**
 * One life of one device's clock: which frames have come, and what the clock's offset is. Whoever wears the device in it
 * has lanes of their own: no window holds samples of two people.
 */
export class BootSession {
  private readonly duplicates: DuplicateFilter;
  private readonly offset: ClockOffset;
  private backlog: BacklogOffset;
  /** The one used last at the end. */
  private readonly wearers: WearerSession[];

  constructor(
    readonly bootId: string,
    private readonly metrics: ProcessorMetrics,
    saved?: BootSessionSnapshot,
  ) {
    const onFull = () => metrics.full.inc({ memory: 'sequence numbers' });
    this.duplicates = new DuplicateFilter(saved?.duplicates, onFull);
    this.offset = new ClockOffset(saved?.offset);
    this.backlog = { ...(saved?.backlog ?? { sentMs: null, wallMs: null }) };
    this.wearers = (saved?.wearers ?? []).map(
      (one) => new WearerSession(one.owner, this.clock, metrics, one),
    );
  }

  save(): BootSessionSnapshot {
    return {
      bootId: this.bootId,
      duplicates: this.duplicates.save(),
      offset: this.offset.save(),
      backlog: { ...this.backlog },
      wearers: this.wearers.map((one) => one.save()),
    };
  }

  /** Lanes in use. */
  get lanes(): number {
    return this.wearers.reduce((sum, { lanes }) => sum + lanes, 0);
  }

  /** Takes one frame; windows that it completes are added to `ready`. */
  take(frame: Frame, from: FrameSource, ready: ReadyWindow[]): void {
    if (!this.duplicates.isNew(frame.sequence)) {
      this.metrics.duplicates.inc();
      return;
    }
    const item = timedFrame(frame, from.receivedMs);
    this.wearerOf(frame, from).take(item, from.lane, ready);
  }

  /** One tick of the station; true when it moved anything. */
  tick(atMs: number, away: boolean, ready: ReadyWindow[]): boolean {
    let moved = false;
    for (const wearer of this.wearers) moved = wearer.tick(atMs, away, ready) || moved;
    return moved;
  }

  /** The clock of all the boot's lanes. */
  private readonly clock: LaneClock = {
    observeLive: (item) => this.offset.observe(item.arrivedMs, frameClock.sentMs(item)),
    observeBacklog: (item) => {
      if (this.offset.estimateMs !== null) return true;
      const { backlog } = this;
      const sentMs = frameClock.backlogOffsetMs(item);
      if (sentMs !== null) backlog.sentMs = Math.min(backlog.sentMs ?? sentMs, sentMs);
      backlog.wallMs = frameClock.wallOffsetMs(item) ?? backlog.wallMs;
      return (backlog.sentMs ?? backlog.wallMs) !== null;
    },
    offsetMs: () => this.offset.estimateMs ?? this.backlog.sentMs ?? this.backlog.wallMs ?? 0,
  };

  private wearerOf({ device, bootId }: Frame, from: FrameSource): WearerSession {
    const { patient, origin } = from;
    const at = this.wearers.findIndex(({ owner }) => owner.patient === patient);
    const known = this.wearers[at];
    if (known !== undefined) {
      if (at < this.wearers.length - 1) this.wearers.push(...this.wearers.splice(at, 1));
      return known;
    }
    const owner = { patient, origin, device, bootId };
    const wearer = new WearerSession(owner, this.clock, this.metrics);
    this.wearers.push(wearer);
    // its frames that may still come have no lane to go on with: they begin a new one
    if (this.wearers.length > WEARERS) this.wearers.shift();
    return wearer;
  }
}
