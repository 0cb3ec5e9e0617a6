import type { Heart } from './heart.js';
import type { Motion } from './motion.js';
import type { PulseShape } from './pulse-shape.js';
import { Wander, sineOfTurns, type Random } from './random.js';

export interface Worn {
  /** How well the sensor lies on the skin, 0 to 1: what the vessels do reaches it by this share. */
  contact: number;
  /** How much the vessels fill and empty, 0 to 1: with every beat, and with breath and vessel tone. */
  filling: number;
  /** Strength of motion artefacts; 1 is a well-worn wrist band. */
  artefact: number;
  /** Ambient light, counts. */
  ambient: number;
}

/** Motion at which its effect begins to level off: tissue is soft and the band is tight. */
const SOFTNESS_G = 0.8;

/** Raw counts of one light: reflected intensity, which falls when the vessels fill. */
export class Light {
  private readonly direct: number;
  /** Pulse height as a share of the direct part (perfusion index): 0.6 to 2 %. */
  private readonly perfusion: number;
  /** Direction of motion that shows most, and its largest effect in pulse heights. */
  private readonly coupling: [number, number, number];
  private readonly strength: number;
  private readonly drift: Wander;
  private readonly rubbing: Wander;
  private readonly flicker: Wander;
  private followed = 0;
  private contact = 1;

  constructor(
    private readonly random: Random,
    private readonly shape: PulseShape,
    stepSeconds: number,
    /** Mean counts and pulse height relative to green. */
    light: { counts: number; pulse: number },
  ) {
    this.direct = light.counts * random.between(0.7, 1.3);
    this.perfusion = light.pulse * random.between(0.006, 0.02);
    this.strength = random.between(0.7, 1.4);
    const [x, y, z] = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(x, y, z) || 1;
    this.coupling = [x / length, y / length, z / length];
    this.drift = new Wander(random, 5, stepSeconds);
    this.rubbing = new Wander(random, 0.12, stepSeconds);
    this.flicker = new Wander(random, 2, stepSeconds);
    this.follow = stepSeconds / (stepSeconds + 1 / (2 * Math.PI * 4));
    this.settle = stepSeconds / 0.8;
  }

  /** One-pole low-pass at 4 Hz: tissue follows the wrist softly. */
  private readonly follow: number;
  private readonly settle: number;

  sample(heart: Heart, motion: Motion, worn: Worn): number {
    const [x, y, z] = motion.dynamic;
    const [cx, cy, cz] = this.coupling;
    this.followed += (cx * x + cy * y + cz * z - this.followed) * this.follow;
    // four tenths of what motion does to the light cannot be seen in the acceleration
    const level = Math.abs(x) + Math.abs(y) + Math.abs(z);
    const visible = Math.tanh(this.followed / SOFTNESS_G);
    const artefact =
      worn.artefact * this.strength * (visible + 0.4 * Math.tanh(level) * this.rubbing.step());
    this.contact += (worn.contact - this.contact) * this.settle;

    const breath = sineOfTurns(heart.breaths);
    const reaching = this.contact * worn.filling;
    const pulse = reaching * this.shape.at(heart.beats) * (1 + 0.1 * breath);
    const volume = pulse + reaching * (0.15 * breath + 0.25 * this.drift.step()) + artefact;
    const leak = worn.ambient === 0 ? 0 : worn.ambient * (1 + 0.04 * this.flicker.step());
    return (
      this.direct * (0.4 + 0.6 * this.contact) * (1 - this.perfusion * volume) +
      leak +
      12 * this.random.normal()
    );
  }
}
