import type { Frame } from '@app/contracts';
import { FrameBuilder, type RawBlock } from '@app/publisher';
import { Heart } from './heart.js';
import { Light, type Worn } from './light.js';
import { Motion } from './motion.js';
import { PulseShape } from './pulse-shape.js';
import { seededRandom } from './random.js';
import type { FaultKind, WearableScenario } from './scenario.js';
import { momentAt, type Moment } from './timeline.js';
import { TruthWindows, type TruthWindow } from './truth.js';

/** Samples per second of acceleration and of the simulation itself. */
const RATE_HZ = 50;
const STEP_SECONDS = 1 / RATE_HZ;
/** Resolution of the accelerometer, g. */
const ACCELERATION_SCALE = 1 / 4096;
/** How long a wearable takes to notice that it sits loose, s. */
const NOTICES_LOOSE_SECONDS = 20;

export interface WearableOptions {
  seed: number;
  /** Start of the boot ids; must differ between runs against one station, or their frames are duplicates. */
  bootPrefix: string;
  /** Wall clock at the first sample, ms since 1970. */
  startMs: number;
}

/** What becomes of a second's frame: it is sent, kept until there is a network again, or lost. */
export type Reach = 'online' | 'offline' | 'silent';

/** One second of a wearable's life. */
export type WearableSecond =
  | { alive: true; bootId: string; frame: Frame; truth: TruthWindow | null; reach: Reach }
  /** The battery is empty. */
  | { alive: false };

/**
 * One person with one wearable: a function of scenario and seed alone, second by second. Nothing here knows how fast the
 * seconds are asked for.
 */
export class Wearable {
  private second = 0;
  private boot = -1;
  private bootSecond = 0;
  private alive = false;
  private builder!: FrameBuilder;
  private truth!: TruthWindows;
  private readonly heart: Heart;
  private readonly motion: Motion;
  private readonly lights: { nanometres: number; light: Light }[];
  private readonly light: Float64Array[];
  private readonly acceleration = [0, 1, 2].map(() => new Float64Array(RATE_HZ));

  constructor(
    readonly scenario: WearableScenario,
    private readonly options: WearableOptions,
  ) {
    const random = seededRandom(options.seed, scenario.device);
    const shape = new PulseShape(random);
    this.heart = new Heart(random, STEP_SECONDS, scenario.timeline[0]!.heartRateBpm);
    this.motion = new Motion(random, STEP_SECONDS);
    this.lights = [
      {
        nanometres: 530,
        light: new Light(random, shape, STEP_SECONDS, { counts: 120_000, pulse: 1 }),
      },
    ];
    if (scenario.sensor.light === 'green+infrared') {
      const light = new Light(random, shape, STEP_SECONDS, { counts: 180_000, pulse: 0.6 });
      this.lights.push({ nanometres: 940, light });
    }
    this.light = this.lights.map(() => new Float64Array(scenario.sensor.ppgRateHz));
  }

  /** Lives one second more. */
  next(): WearableSecond {
    const moment = momentAt(this.scenario, this.second);
    const dead = moment.faults.has('battery-death');
    const beats = this.heart.beats;
    const steps = this.motion.stepCount;
    this.live(moment);
    const second = this.second++;
    if (dead) {
      this.alive = false;
      return { alive: false };
    }
    if (!this.alive) this.start();
    const frame = this.frame(moment, second);
    this.bootSecond++;
    const truth = this.truth.add({
      beats: this.heart.beats - beats,
      steps: this.motion.stepCount - steps,
      activity: moment.faults.has('sensor-off') ? 'rest' : moment.activity,
      signal: isDisturbed(moment) ? 'disturbed' : 'good',
    });
    return { alive: true, bootId: this.bootId, frame, truth, reach: reachOf(moment) };
  }

  private get bootId(): string {
    return `${this.options.bootPrefix}-${this.boot}`;
  }

  private start(): void {
    const { device, patient } = this.scenario;
    this.alive = true;
    this.boot++;
    this.bootSecond = 0;
    this.builder = new FrameBuilder({ device, bootId: this.bootId, position: 'wrist' });
    this.truth = new TruthWindows({ device, patient, bootId: this.bootId });
  }

  /** Fills the second's samples. */
  private live(moment: Moment): void {
    const { heart, motion } = this;
    const worn = { ...wornness(moment, this.scenario.sensor.artefact), filling: moment.filling };
    const every = RATE_HZ / this.scenario.sensor.ppgRateHz;
    for (let i = 0; i < RATE_HZ; i++) {
      heart.step(moment.activity, moment.targetBpm, moment.atOnce);
      if (moment.faults.has('sensor-off')) motion.rest();
      else motion.step(moment.activity, cadence(moment, heart.bpm));
      for (let axis = 0; axis < 3; axis++) this.acceleration[axis]![i] = motion.acceleration[axis]!;
      for (let k = 0; k < this.lights.length; k++) {
        const value = this.lights[k]!.light.sample(heart, motion, worn);
        if (i % every === 0) this.light[k]![i / every] = value;
      }
    }
  }

  private frame(moment: Moment, second: number): Frame {
    const { sensor } = this.scenario;
    const flat = moment.faults.has('flat-line');
    const ppg: RawBlock = {
      kind: 'ppg',
      sampleRateHz: sensor.ppgRateHz,
      unit: 'counts',
      scale: 1,
      channels: this.lights.map(({ nanometres }, k) => ({
        wavelengthNm: nanometres,
        values: flat ? new Float64Array(sensor.ppgRateHz).fill(100_000) : this.light[k]!,
      })),
    };
    const accelerometer: RawBlock = {
      kind: 'accelerometer',
      sampleRateHz: RATE_HZ,
      unit: 'g',
      scale: ACCELERATION_SCALE,
      channels: (['x', 'y', 'z'] as const).map((axis, k) => ({
        axis,
        values: this.acceleration[k]!,
      })),
    };
    const noticed = moment.faults.has('sensor-off') || moment.looseSeconds >= NOTICES_LOOSE_SECONDS;
    const frame = this.builder.build({
      monotonicUs: this.bootSecond * 1e6,
      wallClockMs: this.options.startMs + second * 1000 + sensor.clockSkewMs,
      wallClockSource: 'ntp',
      blocks: [ppg, accelerometer],
      battery: Math.max(0, sensor.battery - second / 3600 / sensor.batteryHours),
      worn: !noticed,
      charging: false,
    });
    if (moment.faults.has('nan')) frame.blocks[0]!.scale = Number.NaN;
    return frame;
  }
}

function cadence(moment: Moment, heartBpm: number): number {
  const steps = moment.cadencePerMinute > 0;
  return steps && moment.faults.has('cadence-lock') ? heartBpm : moment.cadencePerMinute;
}

function reachOf({ faults }: Moment): Reach {
  if (faults.has('silent')) return 'silent';
  return faults.has('offline') ? 'offline' : 'online';
}

function wornness(moment: Moment, artefact: number): Omit<Worn, 'filling'> {
  if (moment.faults.has('sensor-off')) return { contact: 0, artefact: 0, ambient: 40_000 };
  if (moment.faults.has('loose')) return { contact: 0.04, artefact: 3 * artefact, ambient: 15_000 };
  return { contact: 1, artefact, ambient: 0 };
}

/** Faults that leave no pulse in the light that the station gets. */
const DISTURBING = [
  'loose',
  'sensor-off',
  'flat-line',
  'nan',
  'fading',
  'silent',
] as const satisfies FaultKind[];

function isDisturbed({ faults }: Moment): boolean {
  return DISTURBING.some((kind) => faults.has(kind));
}
