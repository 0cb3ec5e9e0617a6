import type { Frame, Lane } from '@app/contracts';
import {
  AnsweredWindows,
  type AnsweredWindowsSnapshot,
  ClockOffset,
  type ClockOffsetSnapshot,
  DuplicateFilter,
  type DuplicateFilterSnapshot,
  type Placed,
  type TimedItem,
} from '@app/stream';
import type { PreparedWindow } from '@app/vitals';
import { PatientLane, type PatientLaneSnapshot } from './patient-lane.js';
import { frameClock } from './frame-clock.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow, WindowOwner } from './ready-window.js';
import { timedFrame } from './timed-frame.js';

/** Structured-cloneable state of a `BootSession`. */
export interface BootSessionSnapshot {
  owner: WindowOwner;
  duplicates: DuplicateFilterSnapshot;
  offset: ClockOffsetSnapshot;
  wallOffsetMs: number | null;
  answered: AnsweredWindowsSnapshot;
  live: PatientLaneSnapshot;
  backfill: PatientLaneSnapshot | null;
}

/**
 * One life of one device's clock on one patient. Live frames go through the live lane; what comes behind its watermark,
 * and all that comes from a backlog, goes through a lane of its own that only fills windows without an answer.
 */
export class BootSession {
  private readonly duplicates: DuplicateFilter;
  private readonly offset: ClockOffset;
  /** From the device's own wall clock, for a backlog that came before any live frame of its boot, ms. */
  private wallOffsetMs: number | null;
  private readonly answered: AnsweredWindows;
  private readonly live: PatientLane;
  /** Made when it is first needed. */
  private backfill: PatientLane | null;

  constructor(
    readonly owner: WindowOwner,
    private readonly metrics: ProcessorMetrics,
    saved?: BootSessionSnapshot,
  ) {
    const full = (memory: string) => () => metrics.full.inc({ memory });
    this.duplicates = new DuplicateFilter(saved?.duplicates, full('sequence numbers'));
    this.offset = new ClockOffset(saved?.offset);
    this.wallOffsetMs = saved?.wallOffsetMs ?? null;
    this.answered = new AnsweredWindows(saved?.answered, full('answered windows'));
    this.live = new PatientLane('live', full('waiting frames'), saved?.live);
    this.backfill = saved?.backfill ? this.backfillLane(saved.backfill) : null;
  }

  save(): BootSessionSnapshot {
    return {
      owner: this.owner,
      duplicates: this.duplicates.save(),
      offset: this.offset.save(),
      wallOffsetMs: this.wallOffsetMs,
      answered: this.answered.save(),
      live: this.live.save(),
      backfill: this.backfill?.save() ?? null,
    };
  }

  /** Lanes in use: 1 or 2. */
  get lanes(): number {
    return this.backfill === null ? 1 : 2;
  }

  /** Takes one frame; windows that it completes are added to `ready`. */
  take(frame: Frame, topic: Lane, receivedMs: number, ready: ReadyWindow[]): void {
    if (!this.duplicates.isNew(frame.sequence)) {
      this.metrics.duplicates.inc();
      return;
    }
    const item = timedFrame(frame, receivedMs);
    if (topic === 'live') this.follow(this.live.order.push(item), ready);
    else this.fill(item, ready);
  }

  /** One tick of the station; true when it moved anything. */
  tick(atMs: number, away: boolean, ready: ReadyWindow[]): boolean {
    const { live, backfill } = this;
    const isWaiting = live.order.isWaiting || backfill?.order.isWaiting === true;
    if (!isWaiting) return false;
    this.follow(live.order.tick(atMs, away), ready);
    if (backfill !== null) this.followBackfill(backfill, backfill.order.tick(atMs, away), ready);
    return true;
  }

  private follow(placed: readonly Placed<Frame>[], ready: ReadyWindow[]): void {
    for (const one of placed) {
      switch (one.kind) {
        case 'ordered':
          this.offset.observe(one.item.arrivedMs, frameClock.sentMs(one.item));
          this.advance(this.live, 'live', one, ready);
          break;
        case 'late':
          this.metrics.late.inc({ lane: 'live' });
          this.fill(one.item, ready);
          break;
        default:
          this.metrics.unplaced.inc({ reason: one.kind });
      }
    }
  }

  private fill(item: TimedItem<Frame>, ready: ReadyWindow[]): void {
    if (this.offset.estimateMs === null) {
      this.wallOffsetMs = frameClock.wallOffsetMs(item) ?? this.wallOffsetMs;
      if (this.wallOffsetMs === null) {
        this.metrics.unplaced.inc({ reason: 'no-clock' });
        return;
      }
    }
    if (frameClock.isAhead(item, this.stationOffsetMs)) {
      this.metrics.unplaced.inc({ reason: 'implausible' });
      return;
    }
    this.backfill ??= this.backfillLane();
    this.followBackfill(this.backfill, this.backfill.order.push(item), ready);
  }

  private backfillLane(saved?: PatientLaneSnapshot): PatientLane {
    return new PatientLane(
      'backfill',
      () => this.metrics.full.inc({ memory: 'waiting frames' }),
      saved,
    );
  }

  private followBackfill(
    lane: PatientLane,
    placed: readonly Placed<Frame>[],
    ready: ReadyWindow[],
  ): void {
    for (const one of placed) {
      if (one.kind === 'ordered') this.advance(lane, 'backfill', one, ready);
      else this.metrics.late.inc({ lane: 'backfill' });
    }
  }

  private advance(
    lane: PatientLane,
    laneName: Lane,
    placed: Placed<Frame> & { kind: 'ordered' },
    ready: ReadyWindow[],
  ): void {
    if (placed.gap !== null) this.metrics.gap(laneName, placed.gap);
    const offsetMs = this.stationOffsetMs;
    for (const window of lane.prepare(placed)) {
      const isAnswer = isWhole(window);
      const isWanted = laneName === 'live' || (isAnswer && !this.answered.has(window.window));
      if (isAnswer) this.answered.add(window.window);
      ready.push({
        owner: this.owner,
        laneName,
        lane,
        window,
        impacts: lane.takeImpacts(window),
        afterLongGap: lane.crossesLongGap(window),
        isWanted,
        receivedMs: placed.item.arrivedMs,
        endMs: window.endMonotonicUs / 1000 + offsetMs,
      });
    }
  }

  private get stationOffsetMs(): number {
    return this.offset.estimateMs ?? this.wallOffsetMs ?? 0;
  }
}

/** Whether the samples are all there: what a gap or a start has cut short, the other lane may still answer. */
function isWhole({ withheld }: PreparedWindow): boolean {
  return withheld !== 'gap' && withheld !== 'acquiring';
}
