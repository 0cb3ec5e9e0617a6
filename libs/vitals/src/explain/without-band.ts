/** A direction that keeps less of its length than this after orthogonalisation is one that the others span. */
const LEAST_LENGTH = 1e-3;
/** Sines per resolvable step (1 / duration): enough that any rate between two of them is spanned. */
const SINES_PER_STEP = 2;

/**
 * Takes out all that sines of these frequencies, in any mixture, can make of the samples (least squares): a band-stop for a
 * short piece, which a filter with edges of its own could not be. A sine inside the band leaves nothing behind.
 */
export function withoutBand(
  samples: Float64Array,
  fromHz: number,
  toHz: number,
  sampleRateHz: number,
): Float64Array {
  const out = samples.slice();
  for (const direction of directionsOf(samples.length, fromHz, toHz, sampleRateHz)) {
    subtractAlong(out, direction);
  }
  return out;
}

interface Directions {
  key: string;
  directions: Float64Array[];
}

/** All channels of a window ask for the same band one after the other. */
let latest: Directions = { key: '', directions: [] };

/** An orthonormal basis of the sines and cosines between two frequencies (modified Gram-Schmidt). */
function directionsOf(
  length: number,
  fromHz: number,
  toHz: number,
  sampleRateHz: number,
): readonly Float64Array[] {
  const key = `${length} ${fromHz} ${toHz} ${sampleRateHz}`;
  if (latest.key === key) return latest.directions;
  const seconds = length / sampleRateHz;
  const steps = Math.max(1, Math.ceil((toHz - fromHz) * seconds * SINES_PER_STEP));
  const directions: Float64Array[] = [];
  for (let step = 0; step <= steps; step++) {
    const perSample = (2 * Math.PI * (fromHz + ((toHz - fromHz) * step) / steps)) / sampleRateHz;
    for (const wave of [Math.sin, Math.cos]) {
      const direction = Float64Array.from({ length }, (_, i) => wave(perSample * i));
      const before = lengthOf(direction);
      for (const earlier of directions) subtractAlong(direction, earlier);
      const size = lengthOf(direction);
      if (size > LEAST_LENGTH * before) directions.push(direction.map((value) => value / size));
    }
  }
  latest = { key, directions };
  return directions;
}

function subtractAlong(target: Float64Array, direction: Float64Array): void {
  let share = 0;
  for (let i = 0; i < target.length; i++) share += (target[i] as number) * (direction[i] as number);
  for (let i = 0; i < target.length; i++) {
    target[i] = (target[i] as number) - share * (direction[i] as number);
  }
}

function lengthOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
