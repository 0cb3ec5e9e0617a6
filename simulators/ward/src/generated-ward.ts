import { DEMO_WARD } from './demo-ward.js';
import { seededRandom, type Random } from './random.js';
import {
  scenarioSchema,
  type Scenario,
  type SimulatedActivity,
  type WearableScenario,
} from './scenario.js';

/** How much faster the heart beats than at rest, BPM, and how long a person does it, s. */
const DEMANDS: Record<SimulatedActivity, { above: [number, number]; seconds: [number, number] }> = {
  asleep: { above: [-10, -4], seconds: [900, 3600] },
  rest: { above: [-2, 6], seconds: [120, 900] },
  'arm-movement': { above: [6, 18], seconds: [30, 180] },
  walking: { above: [18, 38], seconds: [60, 300] },
  stairs: { above: [30, 50], seconds: [20, 60] },
  running: { above: [55, 85], seconds: [60, 240] },
};

/** What follows what, so that nobody runs straight out of sleep. */
const NEXT: Record<SimulatedActivity, readonly [SimulatedActivity, ...SimulatedActivity[]]> = {
  asleep: ['asleep', 'rest'],
  rest: ['rest', 'rest', 'asleep', 'walking', 'arm-movement'],
  'arm-movement': ['rest', 'rest', 'walking'],
  walking: ['rest', 'rest', 'stairs', 'running'],
  stairs: ['walking', 'rest'],
  running: ['walking'],
};

/** The first `wearables` people of a scenario; when it has fewer, generated ones after them. */
export function wardOf(wearables: number, seed: number, scenario: Scenario = DEMO_WARD): Scenario {
  const there = scenario.wearables.slice(0, wearables);
  const taken = new Set(there.map((one) => one.device));
  for (let number = 1; there.length < wearables; number++) {
    const device = `sim-${String(number).padStart(2, '0')}`;
    if (!taken.has(device)) there.push(generated(number, seed));
  }
  return { name: scenario.name, wearables: there };
}

/** A person with an hour of changing activities, then again. */
function generated(number: number, seed: number): WearableScenario {
  const label = String(number).padStart(2, '0');
  const random = seededRandom(seed, `timeline of ${label}`);
  const restingBpm = random.between(54, 88);
  let activity = random.pick<SimulatedActivity>(['rest', 'rest', 'rest', 'asleep', 'walking']);
  const timeline = [];
  for (let at = 0; at < 3600;) {
    timeline.push({ atSeconds: Math.round(at), activity, ...demand(random, activity, restingBpm) });
    at += random.between(...DEMANDS[activity].seconds);
    activity = random.pick(NEXT[activity]);
  }
  const scenario = scenarioSchema.parse({
    wearables: [
      {
        device: `sim-${label}`,
        patient: `P-${label}`,
        sensor: {
          light: random.pick(['green', 'green+infrared']),
          battery: random.between(0.2, 1),
          clockDriftPpm: random.between(-20, 20),
        },
        repeatSeconds: 3600,
        timeline,
      },
    ],
  });
  return scenario.wearables[0]!;
}

function demand(random: Random, activity: SimulatedActivity, restingBpm: number) {
  const heartRateBpm = Math.round(restingBpm + random.between(...DEMANDS[activity].above));
  return { heartRateBpm, rampSeconds: Math.round(random.between(0, 30)) };
}
