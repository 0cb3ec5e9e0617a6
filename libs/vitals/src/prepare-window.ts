import type { BodyPosition } from '@app/contracts';
import { ACTIVITY_SAMPLES, prepareActivityInput } from './activity/index.js';
import { featurePlanes } from './feature-planes.js';
import type { PreparedWindow } from './prepared-window.js';
import type { SignalTrack, TrackRow } from './signal-track.js';
import { activityModelFor } from './waist/waist-classes.js';
import { prepareWaistInput, type WaistInput } from './waist/prepare-waist-input.js';
import { residualPurity, spectralEvidence } from './spectral-evidence.js';
import {
  type LightChannel,
  lightIndices,
  motionLevel,
  waveformQuality,
} from './waveform-quality.js';
import { GRID_PERIOD_US, WINDOW_SAMPLES, windowEnd, windowStart } from './window-grid.js';

/** A track, and one step of its converter in its own unit. */
interface Input {
  track: SignalTrack;
  step: number;
}

/** What a lane knows when a window is complete. */
export interface LaneView {
  light: Input | null;
  motion: Input | null;
  /** Only of devices at the waist or in a pocket. */
  rotation: Input | null;
  /** First grid sample after the start or after the last long gap. */
  startIndex: number;
  /** No light could be used for more than 30 s before this window. */
  restart: boolean;
  battery: number | null;
  worn: boolean | null;
  position: BodyPosition;
}

export function prepareWindow(window: number, lane: LaneView): PreparedWindow {
  const start = windowStart(window);
  const end = windowEnd(window);
  const room = new WindowRoom(lane.light?.track.channels ?? 0);
  const known = {
    window,
    endMonotonicUs: end * GRID_PERIOD_US,
    activity:
      activityModelFor(lane.position) === 'wrist' ? activityInput(lane.motion, end, room) : null,
    waist: waistInput(lane, start, end),
    battery: lane.battery,
    worn: lane.worn,
    position: lane.position,
  };
  const motion = lane.motion?.track.missingIn(start, end) === 0 ? lane.motion.track : null;
  const axes = (row: 'band' | 'high') =>
    motion === null ? [] : [0, 1, 2].map((axis) => room.copyOf(motion, row, axis, start));
  const motionHigh = axes('high');
  const moved = motionLevel(motionHigh);

  const withheld = lightProblem(lane, start, end);
  const channels =
    lane.light === null || withheld !== null ? [] : lightChannels(lane.light.track, start, room);
  const judged = channels.map((channel) => ({
    ...channel,
    indices: lightIndices(channel, lane.light?.step ?? 0),
  }));
  const usable = judged.filter(({ indices }) => indices.isUsable);
  if (usable.length === 0) {
    const quality = waveformQuality(
      judged.map(({ indices }) => indices),
      0,
    );
    return {
      ...known,
      heartRate: null,
      withheld: withheld ?? 'no-signal',
      motion: moved,
      quality: quality && { ...quality, channels: 0 },
    };
  }
  const signals = {
    lightBand: usable.map(({ band }) => band),
    lightHigh: usable.map(({ high }) => high),
    motionBand: axes('band'),
    motionHigh,
  };
  const features = featurePlanes(signals);
  return {
    ...known,
    heartRate: { features, signals, second: spectralEvidence(features), restart: lane.restart },
    withheld: null,
    motion: moved,
    quality: waveformQuality(
      usable.map(({ indices }) => indices),
      residualPurity(features),
    ),
  };
}

/** Input of the activity network: the last 5 s of the window, or null when motion is missing there. */
function activityInput(motion: Input | null, end: number, room: WindowRoom): Float32Array | null {
  const start = end - ACTIVITY_SAMPLES;
  if (motion === null || motion.track.missingIn(start, end) > 0) return null;
  const { track } = motion;
  const [x, y, z] = [0, 1, 2].map((axis) =>
    room.copyOf(track, 'raw', axis, start, ACTIVITY_SAMPLES),
  );
  return x && y && z ? prepareActivityInput(x, y, z) : null;
}

/** Input of the waist network, or null when the device is worn elsewhere or either sensor's samples are missing. */
function waistInput(
  { motion, rotation, position }: LaneView,
  start: number,
  end: number,
): WaistInput | null {
  if (activityModelFor(position) !== 'waist' || motion === null || rotation === null) return null;
  if (motion.track.missingIn(start, end) + rotation.track.missingIn(start, end) > 0) return null;
  const rowsOf = (track: SignalTrack) =>
    [0, 1, 2].map((axis) => {
      const row = new Float64Array(end - start);
      track.copyInto(row, 'raw', axis, start);
      return row;
    });
  return prepareWaistInput(rowsOf(motion.track), rowsOf(rotation.track));
}

/** Why the light of this window cannot be used, before looking at its values. */
function lightProblem(lane: LaneView, start: number, end: number): PreparedWindow['withheld'] {
  if (lane.worn === false) return 'not-worn';
  const { light, startIndex } = lane;
  if (light === null) return 'no-signal';
  const missing = light.track.missingIn(start, end);
  if (missing === 0) return null;
  const begun = startIndex > start && startIndex < end;
  if (begun && light.track.missingIn(startIndex, end) === 0) return 'acquiring';
  const motionGoesOn = (lane.motion?.track.missingIn(start, end) ?? missing) === 0;
  return missing === WINDOW_SAMPLES && motionGoesOn ? 'no-signal' : 'gap';
}

function lightChannels(track: SignalTrack, start: number, room: WindowRoom): LightChannel[] {
  return Array.from({ length: track.channels }, (_, c) => ({
    raw: room.copyOf(track, 'raw', c, start),
    band: room.copyOf(track, 'band', c, start),
    high: room.copyOf(track, 'high', c, start),
  }));
}

/** One piece of memory for all the samples of a window: eighteen small ones take ten times as long to get and to free. */
class WindowRoom {
  private readonly buffer: Float64Array;
  private used = 0;

  constructor(lightRows: number) {
    this.buffer = new Float64Array(3 * (lightRows + 3) * WINDOW_SAMPLES);
  }

  copyOf(
    track: SignalTrack,
    row: TrackRow,
    channel: number,
    start: number,
    length = WINDOW_SAMPLES,
  ): Float64Array {
    const copy = this.buffer.subarray(this.used, (this.used += length));
    track.copyInto(copy, row, channel, start);
    return copy;
  }
}
