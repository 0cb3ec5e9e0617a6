import type { BodyPosition, Frame, SampleBlock } from '@app/contracts';
import {
  type BlockColumns,
  lightColumns,
  motionColumns,
  rotationColumns,
} from './block-columns.js';
import { prepareWindow } from './prepare-window.js';
import type { PreparedWindow } from './prepared-window.js';
import { activityModelFor } from './waist/waist-classes.js';
import { SignalTrack, type SignalTrackSnapshot } from './signal-track.js';
import {
  firstWindowWith,
  GRID_RATE_HZ,
  HOP_SAMPLES,
  WINDOW_SAMPLES,
  windowEnd,
  windowStart,
} from './window-grid.js';

/** Structured-cloneable state of a `SignalLane`; less than 64 KB. */
export interface SignalLaneSnapshot {
  version: 1;
  light: LaneInputSnapshot | null;
  motion: LaneInputSnapshot | null;
  rotation: LaneInputSnapshot | null;
  nextWindow: number;
  startIndex: number;
  lastHeartRateWindow: number;
  battery: number | null;
  worn: boolean | null;
  position: BodyPosition;
}

interface LaneInputSnapshot {
  track: SignalTrackSnapshot;
  layout: string;
  step: number;
}

/** A track and what its columns mean. */
export interface LaneInput {
  track: SignalTrack;
  layout: string;
  step: number;
}

/** A block that ends this many grid samples before the longest one of its frame has lost samples. */
const MOST_LAG_SAMPLES = 4;
/** After a gap of more than this the lane starts anew, grid samples: 30 s. */
const RESTART_GAP_SAMPLES = 30 * GRID_RATE_HZ;

/** Windows from the last one with light to the first one after 30 s without: the gap and the window's own 8 s. */
const RESTART_WINDOWS = (RESTART_GAP_SAMPLES + WINDOW_SAMPLES) / HOP_SAMPLES;

/**
 * From the ordered frames of one device, boot and lane to model inputs. Deterministic: the same frames give the same
 * windows, with or without `save` and `restore` in between.
 */
export class SignalLane {
  private light: LaneInput | null = null;
  private motion: LaneInput | null = null;
  /** Only of devices at the waist or in a pocket. */
  private rotation: LaneInput | null = null;
  /** The next window to cut; -1 before the first sample. */
  private nextWindow = -1;
  /** First grid sample after the start or after the last long gap. */
  private startIndex = 0;
  private lastHeartRateWindow = -Infinity;
  private battery: number | null = null;
  private worn: boolean | null = null;
  private position: BodyPosition = 'unspecified';

  /**
   * Frames in order of time. A start later than the last frame's end (beyond tolerance) is a gap: its samples are
   * missing. Returns the windows that became complete, oldest first (usually none or one). Windows without any sample
   * are skipped.
   */
  push(frame: Frame): PreparedWindow[] {
    this.battery = frame.battery ?? this.battery;
    this.worn = frame.worn ?? this.worn;
    this.position = frame.position;
    const light = this.receive(frame, 'ppg', this.light, lightColumns);
    const motion = this.receive(frame, 'accelerometer', this.motion, motionColumns);
    this.light = light.input;
    this.motion = motion.input;
    const rotation =
      activityModelFor(frame.position) === 'waist'
        ? this.receive(frame, 'gyroscope', this.rotation, rotationColumns)
        : { input: null, present: false };
    this.rotation = rotation.input;

    const inputs = [light, motion, rotation].filter(({ input }) => input !== null) as Received[];
    const furthest = Math.max(...inputs.map(({ input }) => input.track.reached));
    const targets = inputs.map(({ input, present }) => ({
      track: input.track,
      end:
        present && furthest - input.track.reached <= MOST_LAG_SAMPLES
          ? input.track.reached
          : furthest,
    }));
    const windows = this.cut(
      inputs.map(({ input }) => input.track),
      Math.min(...targets.map(({ end }) => end)),
    );
    for (const { track, end } of targets) track.advance(end);
    return windows;
  }

  save(): SignalLaneSnapshot {
    return {
      version: 1,
      light: saveInput(this.light),
      motion: saveInput(this.motion),
      rotation: saveInput(this.rotation),
      nextWindow: this.nextWindow,
      startIndex: this.startIndex,
      lastHeartRateWindow: this.lastHeartRateWindow,
      battery: this.battery,
      worn: this.worn,
      position: this.position,
    };
  }

  static restore(snapshot: SignalLaneSnapshot): SignalLane {
    const lane = new SignalLane();
    lane.light = restoreInput(snapshot.light);
    lane.motion = restoreInput(snapshot.motion);
    lane.rotation = restoreInput(snapshot.rotation);
    lane.nextWindow = snapshot.nextWindow;
    lane.startIndex = snapshot.startIndex;
    lane.lastHeartRateWindow = snapshot.lastHeartRateWindow;
    lane.battery = snapshot.battery;
    lane.worn = snapshot.worn;
    lane.position = snapshot.position;
    return lane;
  }

  private receive(
    frame: Frame,
    kind: SampleBlock['kind'],
    before: LaneInput | null,
    columnsOf: (block: SampleBlock) => BlockColumns | null,
  ): { input: LaneInput | null; present: boolean } {
    const block = frame.blocks.find((candidate) => candidate.kind === kind);
    const samples = block === undefined ? null : columnsOf(block);
    if (samples === null) return { input: before, present: false };
    const { layout, step, columns, sampleRateHz } = samples;
    const track = before?.layout === layout ? before.track : new SignalTrack(columns.length);
    track.receive(frame.monotonicUs, sampleRateHz, columns);
    return { input: { track, layout, step }, present: true };
  }

  /** Cuts all windows that end at or before grid sample `end`. */
  private cut(tracks: readonly SignalTrack[], end: number): PreparedWindow[] {
    const windows: PreparedWindow[] = [];
    while (Number.isFinite(end)) {
      const fresh = pendingFrom(tracks);
      if (this.nextWindow < 0) {
        this.nextWindow = firstWindowWith(fresh);
        this.startIndex = fresh;
      }
      const stop = windowEnd(this.nextWindow);
      if (stop > end) break;
      const reached = Math.max(...tracks.map((track) => track.filtered));
      if (fresh - reached > RESTART_GAP_SAMPLES) this.startIndex = fresh;
      for (const track of tracks) track.advance(stop);
      const start = windowStart(this.nextWindow);
      if (tracks.some((track) => track.missingIn(start, stop) < stop - start)) {
        windows.push(this.prepare(this.nextWindow));
        this.nextWindow++;
      } else this.nextWindow = firstWindowWith(Math.max(stop, pendingFrom(tracks)));
    }
    return windows;
  }

  private prepare(window: number): PreparedWindow {
    const { light, motion, rotation, startIndex, battery, worn, position } = this;
    const restart = window - this.lastHeartRateWindow > RESTART_WINDOWS;
    const view = { light, motion, rotation, startIndex, restart, battery, worn, position };
    const prepared = prepareWindow(window, view);
    if (prepared.heartRate !== null) this.lastHeartRateWindow = window;
    return prepared;
  }
}

interface Received {
  input: LaneInput;
  present: boolean;
}

/** First grid sample that waits to be filtered; infinite when none does. */
function pendingFrom(tracks: readonly SignalTrack[]): number {
  return Math.min(...tracks.map((track) => track.pendingFrom ?? Infinity));
}

function saveInput(input: LaneInput | null): LaneInputSnapshot | null {
  return input && { track: input.track.save(), layout: input.layout, step: input.step };
}

function restoreInput(snapshot: LaneInputSnapshot | null): LaneInput | null {
  return (
    snapshot && {
      track: SignalTrack.restore(snapshot.track),
      layout: snapshot.layout,
      step: snapshot.step,
    }
  );
}
