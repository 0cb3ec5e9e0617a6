import type { BodyPosition } from '@app/contracts';
import { ACTIVITY_SAMPLES, prepareActivityInput } from './activity/index.js';
import { featurePlanes } from './feature-planes.js';
import type { PreparedWindow } from './prepared-window.js';
import type { SignalTrack } from './signal-track.js';
import { residualPurity, spectralEvidence } from './spectral-evidence.js';
import { isUsable, type LightChannel, motionLevel, waveformQuality } from './waveform-quality.js';
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
  const known = {
    window,
    endMonotonicUs: end * GRID_PERIOD_US,
    activity: activityInput(lane.motion, end),
    battery: lane.battery,
    worn: lane.worn,
    position: lane.position,
  };
  const motion = lane.motion?.track.missingIn(start, end) === 0 ? lane.motion.track : null;
  const axes = (row: 'band' | 'high') =>
    motion === null ? [] : [0, 1, 2].map((axis) => motion.copy(row, axis, start, end));
  const motionHigh = axes('high');
  const moved = motionLevel(motionHigh);

  const withheld = lightProblem(lane, start, end);
  const channels =
    lane.light === null || withheld !== null ? [] : lightChannels(lane.light, start, end);
  const usable = channels.filter((channel) => isUsable(channel, lane.light?.step ?? 0));
  if (usable.length === 0) {
    const quality = waveformQuality(channels, lane.light?.step ?? 0, 0);
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
    quality: waveformQuality(usable, lane.light?.step ?? 0, residualPurity(features)),
  };
}

/** Input of the activity network: the last 5 s of the window, or null when motion is missing there. */
function activityInput(motion: Input | null, end: number): Float32Array | null {
  const start = end - ACTIVITY_SAMPLES;
  if (motion === null || motion.track.missingIn(start, end) > 0) return null;
  const [x, y, z] = [0, 1, 2].map((axis) => motion.track.copy('raw', axis, start, end));
  return x && y && z ? prepareActivityInput(x, y, z) : null;
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

function lightChannels({ track }: Input, start: number, end: number): LightChannel[] {
  return Array.from({ length: track.channels }, (_, c) => ({
    raw: track.copy('raw', c, start, end),
    band: track.copy('band', c, start, end),
    high: track.copy('high', c, start, end),
  }));
}
