import FFT from 'fft.js';

/** Where to read a spectrum, precomputed: first of four neighbouring bins and their weights. */
export interface SpectrumPositions {
  first: Int32Array;
  weights: Float64Array;
}

/** Complex spectrum of one signal, as far as it is needed. */
export interface Spectrum {
  re: Float64Array;
  im: Float64Array;
}

/**
 * Hann-windowed, zero-padded spectra of real signals of one length, two signals per transform (one as the real, one as
 * the imaginary part). The window's middle lies at time zero, which makes the complex spectrum smooth, so that cubic
 * interpolation between bins is exact to 0.2 % (root mean square, relative to the spectrum's own) with 512 points for
 * 200 samples: as close as linear interpolation of the magnitudes with 2048, at a quarter of the cost.
 */
export class PaddedSpectrum {
  private readonly fft: FFT;
  private readonly window: Float64Array;
  private readonly data: Float64Array;
  private readonly out: Float64Array;
  private readonly bins: number;
  private readonly pair: [Spectrum, Spectrum];

  /**
   * @param length samples per signal
   * @param fftSize power of two, at least `length`
   * @param highestHz spectra are computed up to here
   */
  constructor(
    readonly length: number,
    readonly fftSize: number,
    readonly sampleRateHz: number,
    highestHz: number,
  ) {
    if (fftSize < length) throw new RangeError(`FFT of ${fftSize} for ${length} samples`);
    this.fft = new FFT(fftSize);
    this.window = hannWindow(length);
    this.data = new Float64Array(2 * fftSize);
    this.out = new Float64Array(2 * fftSize);
    this.bins = Math.min(fftSize / 2, Math.ceil((highestHz * fftSize) / sampleRateHz) + 3);
    this.pair = [this.emptySpectrum(), this.emptySpectrum()];
  }

  /** Positions of these frequencies, each from one bin above 0 to `highestHz`. Throws RangeError outside. */
  positionsOf(frequenciesHz: readonly number[]): SpectrumPositions {
    const first = new Int32Array(frequenciesHz.length);
    const weights = new Float64Array(4 * frequenciesHz.length);
    frequenciesHz.forEach((hz, i) => {
      const position = (hz * this.fftSize) / this.sampleRateHz;
      const k = Math.floor(position);
      if (!(k >= 1 && k + 2 < this.bins))
        throw new RangeError(`${hz} Hz lies outside the computed part of the spectrum`);
      first[i] = k - 1;
      weights.set(cubicWeights(position - k), 4 * i);
    });
    return { first, weights };
  }

  /** Spectra of two signals; overwritten by the next call. */
  transform(a: ArrayLike<number>, b: ArrayLike<number>): readonly [Spectrum, Spectrum] {
    const { data, out, window, length, fftSize } = this;
    const half = length >> 1;
    for (let i = 0; i < length; i++) {
      const at = 2 * (i < half ? i - half + fftSize : i - half);
      const w = window[i] as number;
      data[at] = w * (a[i] as number);
      data[at + 1] = w * (b[i] as number);
    }
    this.fft.transform(out, data);
    const [first, second] = this.pair;
    for (let k = 0; k < this.bins; k++) {
      const m = (fftSize - k) % fftSize;
      const re = out[2 * k] as number;
      const im = out[2 * k + 1] as number;
      const mirrorRe = out[2 * m] as number;
      const mirrorIm = out[2 * m + 1] as number;
      first.re[k] = (re + mirrorRe) / 2;
      first.im[k] = (im - mirrorIm) / 2;
      second.re[k] = (im + mirrorIm) / 2;
      second.im[k] = (mirrorRe - re) / 2;
    }
    return this.pair;
  }

  private emptySpectrum(): Spectrum {
    return { re: new Float64Array(this.bins), im: new Float64Array(this.bins) };
  }
}

/** Power (squared magnitude) of a spectrum at precomputed position `i`. */
export function powerAt(
  { re, im }: Spectrum,
  { first, weights }: SpectrumPositions,
  i: number,
): number {
  const k = first[i] as number;
  const w = 4 * i;
  const w0 = weights[w] as number;
  const w1 = weights[w + 1] as number;
  const w2 = weights[w + 2] as number;
  const w3 = weights[w + 3] as number;
  const real =
    w0 * (re[k] as number) +
    w1 * (re[k + 1] as number) +
    w2 * (re[k + 2] as number) +
    w3 * (re[k + 3] as number);
  const imaginary =
    w0 * (im[k] as number) +
    w1 * (im[k + 1] as number) +
    w2 * (im[k + 2] as number) +
    w3 * (im[k + 3] as number);
  return real * real + imaginary * imaginary;
}

/** Symmetric Hann window, as `numpy.hanning`. */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (length - 1)),
  );
}

/** Lagrange weights of the points -1, 0, 1, 2 for a place between 0 and 1. */
function cubicWeights(t: number): [number, number, number, number] {
  return [
    (-t * (t - 1) * (t - 2)) / 6,
    ((t + 1) * (t - 1) * (t - 2)) / 2,
    (-(t + 1) * t * (t - 2)) / 2,
    ((t + 1) * t * (t - 1)) / 6,
  ];
}
