import { Wander, sineOfTurns, type Random } from './random.js';
import type { SimulatedActivity } from './scenario.js';

/** Time constants of the heart rate's answer to a new demand, s. */
const RISE_SECONDS = 15;
const FALL_SECONDS = 30;
/** Frequency of the blood pressure's slow (Mayer) waves, Hz. */
const MAYER_HZ = 0.1;

interface Vagal {
  breathsPerMinute: number;
  /** Respiratory sinus arrhythmia and slow waves, share of the rate: large in rest, almost gone in exercise. */
  respiratory: number;
  slow: number;
}

const VAGAL: Record<SimulatedActivity, Vagal> = {
  asleep: { breathsPerMinute: 13, respiratory: 0.035, slow: 0.012 },
  rest: { breathsPerMinute: 15, respiratory: 0.025, slow: 0.015 },
  'arm-movement': { breathsPerMinute: 17, respiratory: 0.015, slow: 0.015 },
  walking: { breathsPerMinute: 21, respiratory: 0.008, slow: 0.01 },
  stairs: { breathsPerMinute: 27, respiratory: 0.006, slow: 0.008 },
  running: { breathsPerMinute: 36, respiratory: 0.004, slow: 0.006 },
};

/** Heart and breath of one person, stepped in even steps. */
export class Heart {
  /** Beats since the start; its fraction is the phase of the pulse. */
  beats: number;
  /** Breaths since the start. */
  breaths: number;
  private meanBpm: number;
  private respiratory = VAGAL.rest.respiratory;
  private breathsPerMinute = VAGAL.rest.breathsPerMinute;
  private mayerTurns: number;
  private readonly slow: Wander;

  constructor(
    random: Random,
    private readonly stepSeconds: number,
    startBpm: number,
  ) {
    this.meanBpm = startBpm;
    this.beats = random.uniform();
    this.breaths = random.uniform();
    this.mayerTurns = random.uniform();
    this.slow = new Wander(random, 8, stepSeconds);
  }

  /** Beats per minute without the variation from beat to beat. */
  get bpm(): number {
    return this.meanBpm;
  }

  /** @param atOnce the rate is the target, however far that is. */
  step(activity: SimulatedActivity, targetBpm: number, atOnce = false): void {
    const vagal = VAGAL[activity];
    const { stepSeconds } = this;
    const constant = targetBpm > this.meanBpm ? RISE_SECONDS : FALL_SECONDS;
    this.meanBpm += (targetBpm - this.meanBpm) * (atOnce ? 1 : stepSeconds / constant);
    // breathing and vagal tone change over some ten seconds, not at once
    const blend = stepSeconds / 10;
    this.breathsPerMinute += (vagal.breathsPerMinute - this.breathsPerMinute) * blend;
    this.respiratory += (vagal.respiratory - this.respiratory) * blend;
    this.breaths += (this.breathsPerMinute / 60) * stepSeconds;
    this.mayerTurns += MAYER_HZ * stepSeconds;
    const variation =
      this.respiratory * sineOfTurns(this.breaths) +
      vagal.slow * (0.7 * sineOfTurns(this.mayerTurns) + 0.7 * this.slow.step());
    this.beats += ((this.meanBpm * (1 + variation)) / 60) * stepSeconds;
  }
}
