import FFT from 'fft.js';

/** Where to read a spectrum: fractional positions in its bins, precomputed. */
export interface SpectrumPositions {
  index: Int32Array;
  fraction: Float64Array;
}

/**
 * Hann-windowed, zero-padded magnitude spectra of real signals of one length, two signals per transform (one as the real,
 * one as the imaginary part), read between its bins by linear interpolation.
 */
export class PaddedSpectrum {
  private readonly fft: FFT;
  private readonly window: Float64Array;
  private readonly data: Float64Array;
  private readonly out: Float64Array;
  private readonly bins: number;
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  /**
   * @param length samples per signal
   * @param fftSize power of two, at least `length`
   * @param highestHz magnitudes are computed up to here
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
    this.bins = Math.min(fftSize / 2, Math.ceil((highestHz * fftSize) / sampleRateHz) + 2);
    this.first = new Float64Array(this.bins);
    this.second = new Float64Array(this.bins);
  }

  /** Positions of these frequencies, each between 0 and `highestHz`. */
  positionsOf(frequenciesHz: readonly number[]): SpectrumPositions {
    const at = frequenciesHz.map((hz) => (hz * this.fftSize) / this.sampleRateHz);
    if (at.some((position) => !(position >= 0 && position < this.bins - 1)))
      throw new RangeError('a frequency outside the computed part of the spectrum');
    return {
      index: Int32Array.from(at, Math.floor),
      fraction: Float64Array.from(at, (position) => position - Math.floor(position)),
    };
  }

  /** Magnitudes of two signals; the returned arrays are overwritten by the next call. */
  magnitudes(a: ArrayLike<number>, b: ArrayLike<number>): [Float64Array, Float64Array] {
    const { data, out, window, length, fftSize, first, second } = this;
    for (let i = 0; i < length; i++) {
      const w = window[i] as number;
      data[2 * i] = w * (a[i] as number);
      data[2 * i + 1] = w * (b[i] as number);
    }
    this.fft.transform(out, data);
    for (let k = 0; k < this.bins; k++) {
      const m = (fftSize - k) % fftSize;
      const re = out[2 * k] as number;
      const im = out[2 * k + 1] as number;
      const mirrorRe = out[2 * m] as number;
      const mirrorIm = out[2 * m + 1] as number;
      first[k] = Math.sqrt((re + mirrorRe) ** 2 + (im - mirrorIm) ** 2) / 2;
      second[k] = Math.sqrt((im + mirrorIm) ** 2 + (re - mirrorRe) ** 2) / 2;
    }
    return [first, second];
  }
}

/** Value of a spectrum at precomputed position `i`. */
export function readSpectrum(
  spectrum: Float64Array,
  { index, fraction }: SpectrumPositions,
  i: number,
): number {
  const k = index[i] as number;
  const low = spectrum[k] as number;
  return low + (fraction[i] as number) * ((spectrum[k + 1] as number) - low);
}

/** Symmetric Hann window, as `numpy.hanning`. */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (length - 1)),
  );
}
