import type { BiquadSection } from './biquad-cascade.js';

interface Complex {
  re: number;
  im: number;
}

/**
 * Digital Butterworth filters as second-order sections, by the bilinear transform with pre-warped corner frequencies:
 * the filters of SciPy's `butter(order, …, output='sos')`. Corners in Hz, inside (0, sampleRateHz / 2).
 * Throws RangeError outside.
 */
export function butterworthLowPass(
  order: number,
  cornerHz: number,
  sampleRateHz: number,
): BiquadSection[] {
  const corner = warped(cornerHz, sampleRateHz);
  return upperPoles(order).map((pole) => {
    const q = bilinear({ re: pole.re * corner, im: pole.im * corner });
    return pole.im === 0 ? firstOrder(q.re, -1) : secondOrder(q, [1, 2, 1], { re: 1, im: 0 });
  });
}

export function butterworthHighPass(
  order: number,
  cornerHz: number,
  sampleRateHz: number,
): BiquadSection[] {
  const corner = warped(cornerHz, sampleRateHz);
  return upperPoles(order).map((pole) => {
    const size = pole.re ** 2 + pole.im ** 2;
    const q = bilinear({ re: (corner * pole.re) / size, im: (-corner * pole.im) / size });
    return pole.im === 0 ? firstOrder(q.re, 1) : secondOrder(q, [1, -2, 1], { re: -1, im: 0 });
  });
}

/** Of `order` poles on each side, as in SciPy: `2 * order` poles in all. */
export function butterworthBandPass(
  order: number,
  lowHz: number,
  highHz: number,
  sampleRateHz: number,
): BiquadSection[] {
  if (lowHz >= highHz) throw new RangeError(`band ${lowHz} to ${highHz} Hz is empty`);
  const low = warped(lowHz, sampleRateHz);
  const high = warped(highHz, sampleRateHz);
  const centre = Math.sqrt(low * high);
  const angle = 2 * Math.atan(centre);
  const reference = { re: Math.cos(angle), im: Math.sin(angle) };
  return upperPoles(order).flatMap((pole) => {
    const half = { re: (pole.re * (high - low)) / 2, im: (pole.im * (high - low)) / 2 };
    const root = squareRoot({
      re: half.re ** 2 - half.im ** 2 - centre ** 2,
      im: 2 * half.re * half.im,
    });
    if (pole.im === 0 && root.im === 0)
      throw new RangeError('this wide band with an odd order has real poles; use an even order');
    const first = bilinear({ re: half.re + root.re, im: half.im + root.im });
    const second = bilinear({ re: half.re - root.re, im: half.im - root.im });
    const poles = pole.im === 0 ? [first] : [first, second];
    return poles.map((q) => secondOrder(q, [1, 0, -1], reference));
  });
}

/** Poles of the analogue prototype with imaginary part >= 0: one of each conjugate pair, and the real one. */
function upperPoles(order: number): Complex[] {
  if (!Number.isInteger(order) || order < 1) throw new RangeError(`order ${order}`);
  return Array.from({ length: Math.ceil(order / 2) }, (_, k) => {
    const angle = (Math.PI * (2 * k + 1)) / (2 * order);
    const real = 2 * k + 1 === order;
    return { re: real ? -1 : -Math.sin(angle), im: real ? 0 : Math.cos(angle) };
  });
}

function warped(cornerHz: number, sampleRateHz: number): number {
  if (!(cornerHz > 0 && cornerHz < sampleRateHz / 2))
    throw new RangeError(`corner ${cornerHz} Hz at a sample rate of ${sampleRateHz} Hz`);
  return Math.tan((Math.PI * cornerHz) / sampleRateHz);
}

/** (1 + s) / (1 - s). */
function bilinear({ re, im }: Complex): Complex {
  const size = (1 - re) ** 2 + im ** 2;
  return { re: (1 - re ** 2 - im ** 2) / size, im: (2 * im) / size };
}

function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = { re: Math.sqrt((size + re) / 2), im: Math.sqrt((size - re) / 2) };
  return im < 0 ? { re: root.re, im: -root.im } : root;
}

/** Section with the pole pair q, q*; its gain is one at the point `reference` of the unit circle. */
function secondOrder(
  q: Complex,
  [b0, b1, b2]: [number, number, number],
  reference: Complex,
): BiquadSection {
  const a1 = -2 * q.re;
  const a2 = q.re ** 2 + q.im ** 2;
  const gain = polynomialSize(1, a1, a2, reference) / polynomialSize(b0, b1, b2, reference);
  return { b0: b0 * gain, b1: b1 * gain, b2: b2 * gain, a1, a2 };
}

function firstOrder(pole: number, zero: 1 | -1): BiquadSection {
  const gain = (1 + zero * pole) / 2;
  return { b0: gain, b1: -zero * gain, b2: 0, a1: -pole, a2: 0 };
}

/** |c0 z² + c1 z + c2|. */
function polynomialSize(c0: number, c1: number, c2: number, z: Complex): number {
  const square = { re: z.re ** 2 - z.im ** 2, im: 2 * z.re * z.im };
  return Math.hypot(c0 * square.re + c1 * z.re + c2, c0 * square.im + c1 * z.im);
}
