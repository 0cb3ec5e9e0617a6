import { Wander, sineOfTurns, type Random } from './random.js';
import type { SimulatedActivity } from './scenario.js';

/** How a wrist moves: peak accelerations in g. */
interface Gait {
  /** Bounce along gravity, once per step, and its overtones. */
  bounce: number;
  /** Arm swing across gravity, once per two steps. */
  swing: number;
  /** Unsteadiness of rhythm and size, share. */
  jitter: number;
  /** Mean time between single movements of the arm, s, their size and longest duration. */
  gestureSeconds: number;
  gesture: number;
}

// Sizes such that the standard deviation of |a| matches wrist watches of 51 people (WISDM, UCI 507): walking 0.27 g,
// stairs 0.36 g, jogging 0.69 g, arm movements in a ball game 0.26 g.
const GAITS: Record<SimulatedActivity, Gait> = {
  asleep: { bounce: 0, swing: 0, jitter: 0, gestureSeconds: 240, gesture: 0.12 },
  rest: { bounce: 0, swing: 0, jitter: 0, gestureSeconds: 50, gesture: 0.12 },
  walking: { bounce: 0.48, swing: 0.3, jitter: 0.02, gestureSeconds: 60, gesture: 0.2 },
  stairs: { bounce: 0.62, swing: 0.25, jitter: 0.05, gestureSeconds: 20, gesture: 0.35 },
  running: { bounce: 1.5, swing: 0.8, jitter: 0.02, gestureSeconds: 120, gesture: 0.3 },
  'arm-movement': { bounce: 0, swing: 0, jitter: 0, gestureSeconds: 0.8, gesture: 1.1 },
};

type Vector = [number, number, number];

/** Where gravity points in the wearable's own axes, by posture. */
const POSTURES: Record<SimulatedActivity, readonly [Vector, ...Vector[]]> = {
  asleep: [
    [0.1, 0.2, 0.97],
    [-0.3, 0.9, 0.3],
    [0.2, -0.6, 0.77],
  ],
  rest: [
    [0.1, 0.1, 0.99],
    [0.5, 0.2, 0.84],
    [-0.2, 0.6, 0.77],
  ],
  'arm-movement': [
    [0.4, 0.2, 0.89],
    [-0.3, 0.4, 0.87],
    [0.7, 0.1, 0.7],
  ],
  walking: [[0.96, 0.2, 0.2]],
  stairs: [
    [0.9, 0.3, 0.3],
    [0.6, 0.3, 0.74],
  ],
  running: [[0.3, 0.7, 0.65]],
};

interface Gesture {
  untilSeconds: number;
  fromSeconds: number;
  hertz: number;
  push: Vector;
}

/** Acceleration of one wrist. */
export class Motion {
  /** In the wearable's axes, with gravity, g. */
  readonly acceleration: Vector = [0, 0, 1];
  /** The same without gravity. */
  readonly dynamic: Vector = [0, 0, 0];
  /** Share of the full gait, 0 to 1: a person does not start to run within one sample. */
  private bounce = 0;
  private swing = 0;
  private steps: number;
  private seconds = 0;
  private readonly gravity: Vector;
  private posture: Vector;
  private postureUntil = 0;
  private gesture: Gesture | null = null;
  private gestureAt: number;
  private activity: SimulatedActivity | null = null;
  private readonly across: Vector;
  private readonly overtones: [number, number];
  private readonly unsteady: Wander;

  constructor(
    private readonly random: Random,
    private readonly stepSeconds: number,
  ) {
    this.steps = random.uniform();
    this.posture = random.pick(POSTURES.rest);
    this.gravity = [...this.posture];
    this.across = unit([random.normal(), random.normal(), random.normal()]);
    // Phases, cycles, among the commonest of measured walking (WISDM, BAMI): others look like no walk that there is.
    this.overtones = [random.between(0.9, 1.02), random.between(0.47, 0.58)];
    this.unsteady = new Wander(random, 1.5, stepSeconds);
    this.gestureAt = random.between(2, 20);
  }

  /** Steps since the start, for what else moves with them. */
  get stepCount(): number {
    return this.steps;
  }

  step(activity: SimulatedActivity, cadencePerMinute: number): void {
    const gait = GAITS[activity];
    const { stepSeconds, random } = this;
    this.seconds += stepSeconds;
    this.pose(activity);
    const unsteady = this.unsteady.step();
    this.bounce += (gait.bounce - this.bounce) * (stepSeconds / 1.2);
    this.swing += (gait.swing - this.swing) * (stepSeconds / 1.2);
    this.steps += (cadencePerMinute / 60) * (1 + gait.jitter * unsteady) * stepSeconds;

    const size = 1 + 3 * gait.jitter * unsteady;
    const up =
      this.bounce *
      size *
      (0.6 * sineOfTurns(this.steps) +
        0.3 * sineOfTurns(2 * this.steps + this.overtones[0]) +
        0.15 * sineOfTurns(3 * this.steps + this.overtones[1]));
    const side = this.swing * size * sineOfTurns(this.steps / 2);
    const push = this.push(gait, activity);
    for (let axis = 0; axis < 3; axis++) {
      const moved =
        up * this.gravity[axis]! +
        side * this.across[axis]! +
        push * (this.gesture?.push[axis] ?? 0);
      this.dynamic[axis] = moved;
      this.acceleration[axis] = this.gravity[axis]! + moved + 0.003 * random.normal();
    }
  }

  /** Lies still on a table. */
  rest(): void {
    for (let axis = 0; axis < 3; axis++) {
      this.dynamic[axis] = 0;
      this.acceleration[axis] = (axis === 2 ? 1 : 0) + 0.002 * this.random.normal();
    }
  }

  private pose(activity: SimulatedActivity): void {
    if (activity !== this.activity || this.seconds > this.postureUntil) {
      this.activity = activity;
      this.posture = this.random.pick(POSTURES[activity]);
      const hold = { asleep: 600, 'arm-movement': 4 }[activity as string] ?? 120;
      this.postureUntil = this.seconds + hold * this.random.between(0.5, 1.5);
    }
    const blend = this.stepSeconds / 0.7;
    for (let axis = 0; axis < 3; axis++) {
      this.gravity[axis]! += (this.posture[axis]! - this.gravity[axis]!) * blend;
    }
    const length = Math.hypot(...this.gravity) || 1;
    for (let axis = 0; axis < 3; axis++) this.gravity[axis]! /= length;
  }

  /** Size of the present gesture's movement: a swing under a bell. */
  private push(gait: Gait, activity: SimulatedActivity): number {
    const { random, seconds } = this;
    if (this.gesture !== null && seconds > this.gesture.untilSeconds) this.gesture = null;
    if (this.gesture === null && seconds > this.gestureAt) {
      const size = gait.gesture * random.between(0.4, 1.6);
      this.gesture = {
        fromSeconds: seconds,
        untilSeconds: seconds + random.between(0.5, 2),
        hertz: random.between(0.6, 2.5),
        push: unit([random.normal(), random.normal(), random.normal()], size),
      };
      const wait = activity === 'asleep' ? Math.max(30, gait.gestureSeconds) : gait.gestureSeconds;
      this.gestureAt = this.gesture.untilSeconds - wait * Math.log(1 - random.uniform());
    } else if (this.gestureAt - seconds > 3 * gait.gestureSeconds) {
      // the activity has become a livelier one
      this.gestureAt = seconds + gait.gestureSeconds * random.uniform();
    }
    if (this.gesture === null) return 0;
    const { fromSeconds, untilSeconds, hertz } = this.gesture;
    const bell = sineOfTurns((0.5 * (seconds - fromSeconds)) / (untilSeconds - fromSeconds));
    return bell * sineOfTurns(hertz * (seconds - fromSeconds));
  }
}

/** The vector's direction, `size` long. */
function unit(vector: Vector, size = 1): Vector {
  const scale = size / (Math.hypot(...vector) || 1);
  return [vector[0] * scale, vector[1] * scale, vector[2] * scale];
}
