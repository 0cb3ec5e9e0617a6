/** A source of random numbers that gives the same sequence for the same seed and name, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

const NORMALS = 4096;

/** Quantiles of the standard normal: a draw is one look-up, because a ward draws some 250 per wearable and second. */
const normals = Float64Array.from({ length: NORMALS }, (_, i) => quantile((i + 0.5) / NORMALS));

/** sfc32 (Chris Doty-Humphrey's small fast counter), seeded by FNV-1a hashes of the name. */
export function seededRandom(seed: number, name: string): Random {
  let [a, b, c, d] = [hash(name, seed), hash(name, seed ^ 0x9e3779b9), seed | 0, 1];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  const uniform = () => next() / 2 ** 32;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal: () => normals[next() % NORMALS]!,
    pick: (items) => items[Math.floor(uniform() * items.length)] ?? items[0],
  };
}

function hash(name: string, start: number): number {
  let value = 0x811c9dc5 ^ start;
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
  return value | 0;
}

/** Inverse of the normal distribution by bisection of a Simpson integral; runs once, at start. */
function quantile(probability: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (cumulative(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Zelen and Severo, Handbook of Mathematical Functions 26.2.17; error below 7.5e-8. */
function cumulative(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const poly =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return x < 0 ? tail : 1 - tail;
}

/** A value that wanders around 0 and forgets after about `seconds`: an Ornstein-Uhlenbeck process, standard deviation 1. */
export class Wander {
  value: number;
  private readonly keep: number;
  private readonly kick: number;

  constructor(
    private readonly random: Random,
    seconds: number,
    stepSeconds: number,
  ) {
    this.keep = Math.exp(-stepSeconds / seconds);
    this.kick = Math.sqrt(1 - this.keep ** 2);
    this.value = random.normal();
  }

  step(): number {
    this.value = this.keep * this.value + this.kick * this.random.normal();
    return this.value;
  }
}

const SINES = 2048;
const sines = Float64Array.from({ length: SINES + 1 }, (_, i) =>
  Math.sin((2 * Math.PI * i) / SINES),
);

/** Sine of a phase in turns, by table; error below 1e-5. */
export function sineOfTurns(turns: number): number {
  const at = (turns - Math.floor(turns)) * SINES;
  const index = at | 0;
  const low = sines[index]!;
  return low + (sines[index + 1]! - low) * (at - index);
}
