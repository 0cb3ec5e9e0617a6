import type { OnnxModel } from '@app/inference';
import {
  FALL,
  FALL_CHANNELS,
  FALL_INPUT,
  FALL_SAMPLES,
  type FallCandidate,
  FallLane,
} from '@app/vitals';
import type { NamedArray } from './array-file.js';
import { motionGrid } from './motion-grid.js';
import type { Recording } from './recording-file.js';
import { recordingFrames } from './recording-frames.js';

/** Numbers of a candidate beside its input, in the order of the array `candidate`. */
const COLUMNS: readonly ((candidate: FallCandidate) => number)[] = [
  /** Grid sample of the impact, from the recording's start. */
  ({ impactMonotonicUs }) => Math.round((impactMonotonicUs * FALL.rateHz) / 1e6),
  ({ peakG }) => peakG,
  ({ stillSeconds }) => stillSeconds,
  ({ heldBefore }) => heldBefore,
  ({ heldAfter }) => heldAfter,
];

/** All impacts of a recording, through the same lane that serves live frames. */
export function candidatesOf(recording: Recording): FallCandidate[] {
  const lane = new FallLane();
  const found = [...recordingFrames(recording)].flatMap((frame) => lane.push(frame));
  return [...found, ...lane.end()];
}

/** Candidates with their inputs, and the acceleration on the grid, from which training cuts its own. */
export function fallTable(
  recording: Recording,
  candidates: readonly FallCandidate[],
): NamedArray[] {
  const rows = candidates.length;
  const table = candidates.flatMap((candidate) => COLUMNS.map((column) => column(candidate)));
  const input = new Float32Array(rows * FALL_INPUT);
  candidates.forEach((candidate, row) => input.set(candidate.input, row * FALL_INPUT));
  return [
    { name: 'candidate', shape: [rows, COLUMNS.length], values: Float32Array.from(table) },
    { name: 'input', shape: [rows, FALL_CHANNELS, FALL_SAMPLES], values: input },
    motionGrid(recording, 'motion'),
  ];
}

/** The network's log-odds of every candidate. */
export async function fallAnswerTable(
  candidates: readonly FallCandidate[],
  model: OnnxModel,
): Promise<NamedArray> {
  const answers = await model.run(candidates.map(({ input }) => ({ inputs: { x: input } })));
  const values = Float32Array.from(answers, ({ outputs }) => outputs['logit']?.[0] ?? NaN);
  return { name: 'logit', shape: [candidates.length], values };
}
