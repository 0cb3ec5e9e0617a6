/** The part of fft.js (radix-4 FFT, MIT) that is used here; the package has no types of its own. */
declare module 'fft.js' {
  export default class FFT {
    constructor(size: number);
    /** Forward transform of interleaved complex numbers; `out` and `data` hold 2 × size numbers and differ. */
    transform(out: Float64Array, data: Float64Array): void;
  }
}
