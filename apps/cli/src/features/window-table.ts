import {
  ACTIVITY_INPUT,
  HEART_RATE_FEATURES,
  type PreparedWindow,
  SignalLane,
  WAIST_INPUT,
} from '@app/vitals';
import type { NamedArray } from './array-file.js';
import { motionGrid } from './motion-grid.js';
import type { Recording } from './recording-file.js';
import { recordingFrames } from './recording-frames.js';

/** Numbers of a window beside its inputs, in the order of the array `window`; NaN where unknown. */
const COLUMNS: readonly ((window: PreparedWindow) => number)[] = [
  ({ window }) => window,
  ({ heartRate }) => (heartRate === null ? 0 : 1),
  ({ motion }) => motion?.rmsG ?? NaN,
  ({ motion }) => motion?.peakG ?? NaN,
  ({ quality }) => quality?.flatShare ?? NaN,
  ({ quality }) => quality?.clippedShare ?? NaN,
  ({ quality }) => quality?.skewness ?? NaN,
  ({ quality }) => quality?.spectralPurity ?? NaN,
  ({ quality }) => quality?.perfusionPercent ?? NaN,
];

/** All windows of a recording, through the same lane that serves live frames. */
export function windowsOf(recording: Recording): PreparedWindow[] {
  const lane = new SignalLane();
  return [...recordingFrames(recording)].flatMap((frame) => lane.push(frame));
}

/**
 * Inputs of these windows of a recording; rows without one are zero. `motion` is the acceleration on the grid, from which
 * training cuts windows of its own at other offsets; of a device at the waist `waist` and `rotation` are there as well.
 */
export function windowTable(
  recording: Recording,
  windows: readonly PreparedWindow[],
): NamedArray[] {
  const rows = windows.length;
  const table = new Float32Array(rows * COLUMNS.length);
  const features = new Float32Array(rows * HEART_RATE_FEATURES);
  const activity = new Float32Array(rows * ACTIVITY_INPUT);
  windows.forEach((window, row) => {
    COLUMNS.forEach((column, c) => (table[row * COLUMNS.length + c] = column(window)));
    if (window.heartRate !== null)
      features.set(window.heartRate.features, row * HEART_RATE_FEATURES);
    if (window.activity !== null) activity.set(window.activity, row * ACTIVITY_INPUT);
  });
  const tables: NamedArray[] = [
    { name: 'window', shape: [rows, COLUMNS.length], values: table },
    { name: 'heartRate', shape: [rows, 7, 96], values: features },
    { name: 'activity', shape: [rows, 3, 125], values: activity },
    motionGrid(recording, 'motion'),
  ];
  return recording.position === 'wrist'
    ? tables
    : [...tables, waistTable(windows), motionGrid(recording, 'rotation')];
}

/** NaN where the network of the waist has no input. */
function waistTable(windows: readonly PreparedWindow[]): NamedArray {
  const values = new Float32Array(windows.length * WAIST_INPUT).fill(NaN);
  windows.forEach(({ waist }, row) => {
    if (waist !== null) values.set(waist.features, row * WAIST_INPUT);
  });
  return { name: 'waist', shape: [windows.length, 6, 64], values };
}
