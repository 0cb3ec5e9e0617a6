import type {
  Fault,
  FaultKind,
  SimulatedActivity,
  TimelineStep,
  WearableScenario,
} from './scenario.js';

export interface Moment {
  activity: SimulatedActivity;
  /** Where the heart rate is heading, BPM. */
  targetBpm: number;
  cadencePerMinute: number;
  faults: ReadonlySet<FaultKind>;
  /** Whether the heart rate is there already. */
  atOnce: boolean;
  /** Since `loose` began, s; 0 without it. */
  looseSeconds: number;
  /** How much the vessels still fill with a beat, 0 to 1. */
  filling: number;
}

const CADENCES: Record<SimulatedActivity, number> = {
  rest: 0,
  asleep: 0,
  walking: 108,
  stairs: 96,
  running: 162,
  'arm-movement': 0,
};
/** How long a pulse takes to fade to none, s. */
const FADES_WITHIN_SECONDS = 20;

/** What the scenario says of a wearable at a time since its first start. */
export function momentAt(scenario: WearableScenario, seconds: number): Moment {
  const { timeline, repeatSeconds } = scenario;
  const at = repeatSeconds ? seconds % repeatSeconds : seconds;
  let index = timeline.length - 1;
  while (index > 0 && timeline[index]!.atSeconds > at) index--;
  const step = timeline[index]!;
  // at a repeat the target comes from the last step's
  const before = timeline[index - 1] ?? (seconds > at ? timeline.at(-1) : undefined);
  const active = scenario.faults.filter((fault) => isActive(fault, at));
  const loose = active.find((fault) => fault.kind === 'loose');
  const fading = active.find((fault) => fault.kind === 'fading');
  return {
    activity: step.activity,
    targetBpm: target(step, before, at),
    cadencePerMinute: step.cadencePerMinute ?? CADENCES[step.activity],
    faults: new Set(active.map((fault) => fault.kind)),
    atOnce: step.atOnce,
    looseSeconds: loose ? at - loose.fromSeconds : 0,
    filling: fading ? Math.max(0, 1 - (at - fading.fromSeconds) / FADES_WITHIN_SECONDS) : 1,
  };
}

function target(step: TimelineStep, before: TimelineStep | undefined, at: number): number {
  if (before === undefined || step.rampSeconds === 0) return step.heartRateBpm;
  const share = Math.min(1, (at - step.atSeconds) / step.rampSeconds);
  return before.heartRateBpm + share * (step.heartRateBpm - before.heartRateBpm);
}

function isActive(fault: Fault, at: number): boolean {
  return at >= fault.fromSeconds && (fault.toSeconds === undefined || at < fault.toSeconds);
}
