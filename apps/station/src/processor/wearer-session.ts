import type { Frame, Lane } from '@app/contracts';
import {
  AnsweredWindows,
  type AnsweredWindowsSnapshot,
  type Placed,
  type TimedItem,
} from '@app/stream';
import type { PreparedWindow } from '@app/vitals';
import { frameClock } from './frame-clock.js';
import type { LaneClock } from './lane-clock.js';
import { PatientLane, type PatientLaneSnapshot } from './patient-lane.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow, WindowOwner } from './ready-window.js';

/** Structured-cloneable state of a `WearerSession`. */
export interface WearerSessionSnapshot {
  owner: WindowOwner;
  answered: AnsweredWindowsSnapshot;
  live: PatientLaneSnapshot;
  backfill: PatientLaneSnapshot | null;
}

/**
 * One patient on one device during one boot. Live frames go through the live lane; what comes behind its watermark,
 * and all that comes from a backlog, goes through a lane of its own that only fills windows without an answer.
 */
export class WearerSession {
  private readonly answered: AnsweredWindows;
  private readonly live: PatientLane;
  /** Made when it is first needed. */
  private backfill: PatientLane | null;

  constructor(
    readonly owner: WindowOwner,
    private readonly clock: LaneClock,
    private readonly metrics: ProcessorMetrics,
    saved?: WearerSessionSnapshot,
  ) {
    const full = (memory: string) => () => metrics.full.inc({ memory });
    this.answered = new AnsweredWindows(saved?.answered, full('answered windows'));
    this.live = new PatientLane('live', full('waiting frames'), saved?.live);
    this.backfill = saved?.backfill ? this.backfillLane(saved.backfill) : null;
  }

  save(): WearerSessionSnapshot {
    return {
      owner: this.owner,
      answered: this.answered.save(),
      live: this.live.save(),
      backfill: this.backfill?.save() ?? null,
    };
  }

  /** Lanes in use: 1 or 2. */
  get lanes(): number {
    return this.backfill === null ? 1 : 2;
  }

  /** Takes a frame that has not come before; windows that it completes are added to `ready`. */
  take(item: TimedItem<Frame>, topic: Lane, ready: ReadyWindow[]): void {
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
          this.clock.observeLive(one.item);
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
    if (!this.clock.observeBacklog(item)) {
      this.metrics.unplaced.inc({ reason: 'no-clock' });
      return;
    }
    if (frameClock.isAhead(item, this.clock.offsetMs())) {
      this.metrics.unplaced.inc({ reason: 'implausible' });
      return;
    }
    this.backfill ??= this.backfillLane();
    this.followBackfill(this.backfill, this.backfill.order.push(item), ready);
  }

  private backfillLane(saved?: PatientLaneSnapshot): PatientLane {
    const onFull = () => this.metrics.full.inc({ memory: 'waiting frames' });
    return new PatientLane('backfill', onFull, saved);
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
    const offsetMs = this.clock.offsetMs();
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
        clockErrorMs: frameClock.errorMs(placed.item, offsetMs),
      });
    }
  }
}

/** Whether the samples are all there: what a gap or a start has cut short, the other lane may still answer. */
function isWhole({ withheld }: PreparedWindow): boolean {
  return withheld !== 'gap' && withheld !== 'acquiring';
}
