/** Share of the samples, 0 to 1, that differ from the one before by no more than `tolerance`. NaN for less than two. */
export function flatShare(samples: ArrayLike<number>, tolerance = 0): number {
  let flat = 0;
  for (let i = 1; i < samples.length; i++) {
    if (Math.abs((samples[i] as number) - (samples[i - 1] as number)) <= tolerance) flat++;
  }
  return flat / (samples.length - 1);
}

/**
 * Share of the samples, 0 to 1, that lie in runs of at least three at the largest or smallest value: a converter or an
 * amplifier at its end. A constant signal is wholly clipped.
 */
export function clippedShare(samples: ArrayLike<number>): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const margin = (high - low) * 1e-3;
  let clipped = 0;
  let run = 0;
  for (let i = 0; i <= samples.length; i++) {
    const value = samples[i] as number;
    if (i < samples.length && (value <= low + margin || value >= high - margin)) run++;
    else {
      if (run >= 3) clipped += run;
      run = 0;
    }
  }
  return clipped / samples.length;
}

/**
 * Third standardised moment; 0 for a constant signal. Of the band-passed pulse it is the single most telling index of
 * clean PPG (Elgendi 2016, doi:10.3390/bioengineering3040021).
 */
export function skewness(samples: ArrayLike<number>): number {
  const mean = meanOf(samples);
  let second = 0;
  let third = 0;
  for (let i = 0; i < samples.length; i++) {
    const deviation = (samples[i] as number) - mean;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
  }
  second /= samples.length;
  return second > 0 ? third / samples.length / second ** 1.5 : 0;
}

/** Share of the power, 0 to 1, within `reach` places of the largest magnitude; 0 for an empty spectrum. */
export function spectralPurity(magnitudes: ArrayLike<number>, reach: number): number {
  let peak = 0;
  let total = 0;
  for (let i = 0; i < magnitudes.length; i++) {
    const magnitude = magnitudes[i] as number;
    total += magnitude * magnitude;
    if (magnitude > (magnitudes[peak] as number)) peak = i;
  }
  let near = 0;
  const end = Math.min(magnitudes.length - 1, peak + reach);
  for (let i = Math.max(0, peak - reach); i <= end; i++) near += (magnitudes[i] as number) ** 2;
  return total > 0 ? near / total : 0;
}

/** Perfusion index: pulse amplitude (peak to peak of a sine of the same power) over the constant part, %. Null without one. */
export function perfusionPercent(pulse: ArrayLike<number>, raw: ArrayLike<number>): number | null {
  const constant = Math.abs(meanOf(raw));
  const amplitude = 2 * Math.SQRT2 * rootMeanSquare(pulse);
  return constant > amplitude ? (100 * amplitude) / constant : null;
}

export function meanOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] as number;
  return sum / samples.length;
}

export function rootMeanSquare(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    sum += value * value;
  }
  return Math.sqrt(sum / samples.length);
}

/**
 * Size of the noise in samples, by what differs from one sample to the next: the root mean square of the second differences over
 * √6, which of white noise is its own root mean square. A slow signal hardly adds to it. NaN for less than three samples.
 */
export function noiseLevel(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 2; i < samples.length; i++) {
    const bend =
      (samples[i] as number) - 2 * (samples[i - 1] as number) + (samples[i - 2] as number);
    sum += bend * bend;
  }
  return Math.sqrt(sum / (samples.length - 2) / 6);
}
