/**
 * What one window costs on one core, by part: `npm run build && npx node test/bench/window-cost.mjs`.
 * CPU time of this process, median of several rounds over ten minutes of a made-up wearable (3 light channels and 3 axes
 * at 50 Hz, frames of 1 s).
 */
import { serialize } from 'node:v8';
import { cpus } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const built = (path) => import(join(root, 'dist', 'libs', path, 'src', 'index.js'));
const vitals = await built('vitals');
const { SignalLane, PatientBelief, HEART_RATE_MODEL_INTERFACE, ACTIVITY_MODEL_INTERFACE } = vitals;
const part = (file) => import(join(root, 'dist', 'libs', 'vitals', 'src', file));
const { featurePlanes } = await part('feature-planes.js');
const { residualPurity, spectralEvidence } = await part('spectral-evidence.js');
const { loadModel } = await built('inference');

const SECONDS = 600;
const RATE_HZ = 50;
const ROUNDS = 7;

const frames = Array.from({ length: SECONDS }, (_, second) => frameAt(second));
const windows = frames.flatMap(pushInto(new SignalLane()));

const slot = await loadModel(join(root, 'models'), 'hr-bami/1.0.0', {
  wanted: HEART_RATE_MODEL_INTERFACE,
  batchRows: 64,
});
if (slot.state === 'unavailable') throw new Error(slot.fault.message);
const activitySlot = await loadModel(join(root, 'models'), 'activity-wrist/1.0.0', {
  wanted: ACTIVITY_MODEL_INTERFACE,
  batchRows: 64,
});
if (activitySlot.state === 'unavailable') throw new Error(activitySlot.fault.message);
const activityRows = windows.slice(0, 64).map(({ activity }) => ({ inputs: { x: activity } }));
const rows = windows.slice(0, 64).map(({ heartRate }) => ({
  inputs: { x: heartRate.features },
  state: null,
}));
const [{ outputs, state }] = await slot.model.run(rows.slice(0, 1));
const models = { heartRate: slot.model.id, activity: { name: 'none', version: '1.0.0' } };

const lane = new SignalLane();
frames.forEach(pushInto(lane));
const belief = new PatientBelief();

const parts = [
  {
    name: 'lane: filters, window, features',
    run: () => frames.forEach(pushInto(new SignalLane())),
    count: windows.length,
  },
  {
    name: 'features: spectra, evidence, quality',
    run: () => windows.forEach(({ heartRate }) => featuresOf(heartRate.signals)),
    count: windows.length,
  },
  ...[1, 16, 64].map((count) => ({
    name: `network, batch ${count}`,
    run: () => slot.model.run(rows.slice(0, count)),
    count,
  })),
  {
    name: 'activity network, batch 64',
    run: () => activitySlot.model.run(activityRows),
    count: activityRows.length,
  },
  {
    name: 'belief: heart rate twice, quality, activity filter',
    run: () => windows.forEach(believe),
    count: windows.length,
  },
];

process.stdout.write(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`);
for (const { name, run, count } of parts) {
  process.stdout.write(`${(await cost(run, count)).toFixed(3).padStart(7)} ms/window  ${name}\n`);
}
const bytes = (value) => `${(serialize(value).length / 1024).toFixed(1)} KB`;
process.stdout.write(
  `state per wearable: lane ${bytes(lane.save())}, network ${bytes(state)}, belief ${bytes(belief.save())}\n`,
);
await slot.model.release();
await activitySlot.model.release();

/** As `prepareWindow` does with the samples of a window. */
function featuresOf(signals) {
  const features = featurePlanes(signals);
  spectralEvidence(features);
  residualPurity(features);
}

function believe(window) {
  belief.update(window, { heartRateLogits: outputs.logits, activityLogits: null }, models);
}

/** CPU milliseconds per window. */
async function cost(run, windowsPerRun) {
  const repeats = Math.max(1, Math.round(200 / windowsPerRun));
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < repeats; i++) await run();
    const { user, system } = process.cpuUsage(before);
    // the first round compiles
    if (round > 0) rounds.push((user + system) / 1000 / repeats / windowsPerRun);
  }
  return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

function pushInto(target) {
  return (frame) => target.push(frame);
}

function frameAt(second) {
  const at = (shape) =>
    Int32Array.from({ length: RATE_HZ }, (_, i) => Math.round(shape(second + i / RATE_HZ)));
  const light = (channel) => (s) =>
    50_000 +
    400 * Math.sin(2 * Math.PI * 1.3 * s) +
    300 * Math.sin(2 * Math.PI * 1.9 * s + channel) +
    40 * Math.sin(1e4 * s * (channel + 1));
  const motion = (axis) => (s) =>
    (axis === 2 ? 4096 : 0) +
    1500 * Math.sin(2 * Math.PI * 1.9 * s + axis) +
    30 * Math.sin(777 * s);
  const block = { sampleRateHz: RATE_HZ, offset: 0 };
  return {
    device: 'bench',
    bootId: 'b',
    sequence: second,
    monotonicUs: second * 1e6,
    wallClockMs: null,
    wallClockSource: 'unspecified',
    sentMonotonicUs: null,
    position: 'wrist',
    blocks: [
      {
        ...block,
        kind: 'ppg',
        unit: 'counts',
        scale: 1,
        channels: [0, 1, 2].map((c) => ({ wavelengthNm: 530, axis: null, samples: at(light(c)) })),
      },
      {
        ...block,
        kind: 'accelerometer',
        unit: 'g',
        scale: 1 / 4096,
        channels: ['x', 'y', 'z'].map((axis, a) => ({
          wavelengthNm: null,
          axis,
          samples: at(motion(a)),
        })),
      },
    ],
    battery: null,
    worn: true,
    charging: null,
  };
}
