/**
 * What is left of a signal after everything is taken out that a ridge regression on lagged references explains:
 * light signal minus motion. Lags run from -maxLag to +maxLag samples for every reference and wrap around at the ends
 * of the window, so that the normal matrix follows from one correlation per pair of references.
 */
export class RidgeResidual {
  private readonly size: number;
  private readonly lags: number;
  private readonly factor: Float64Array;
  private readonly solution: Float64Array;
  private references: readonly Float64Array[] = [];

  constructor(
    readonly length: number,
    readonly referenceCount: number,
    readonly maxLag: number,
    /** Added to the diagonal of the normal matrix. */
    readonly ridge: number,
  ) {
    this.lags = 2 * maxLag + 1;
    this.size = referenceCount * this.lags;
    this.factor = new Float64Array(this.size * this.size);
    this.solution = new Float64Array(this.size);
  }

  /** Factorises the normal matrix of these references; keeps them by reference for `residual`. */
  setReferences(references: readonly Float64Array[]): void {
    this.references = references;
    const { size, lags, maxLag, factor } = this;
    for (let p = 0; p < this.referenceCount; p++) {
      for (let q = 0; q <= p; q++) {
        const correlation = circularCorrelation(
          references[p] as Float64Array,
          references[q] as Float64Array,
          2 * maxLag,
        );
        for (let i = 0; i < lags; i++) {
          for (let j = 0; j < lags; j++) {
            factor[(p * lags + i) * size + q * lags + j] = correlation[
              i - j + 2 * maxLag
            ] as number;
          }
        }
      }
    }
    for (let i = 0; i < size; i++) {
      const diagonal = i * size + i;
      factor[diagonal] = (factor[diagonal] as number) + this.ridge;
    }
    factorise(factor, size);
  }

  /** Writes `signal` minus its regression to `out`. */
  residual(signal: Float64Array, out: Float64Array): void {
    const { lags, maxLag, length, solution, references } = this;
    references.forEach((reference, p) => {
      for (let i = 0; i < lags; i++) {
        solution[p * lags + i] = dotShifted(signal, reference, i - maxLag);
      }
    });
    solve(this.factor, solution, this.size);
    out.set(signal);
    references.forEach((reference, p) => {
      for (let i = 0; i < lags; i++) {
        const weight = solution[p * lags + i] as number;
        let source = (((maxLag - i) % length) + length) % length;
        for (let t = 0; t < length; t++) {
          out[t] = (out[t] as number) - weight * (reference[source] as number);
          source = source + 1 === length ? 0 : source + 1;
        }
      }
    });
  }
}

/** Sum over t of signal[t] × reference[t - lag], indices modulo the length. */
function dotShifted(signal: Float64Array, reference: Float64Array, lag: number): number {
  const { length } = signal;
  let source = ((-lag % length) + length) % length;
  let sum = 0;
  for (let t = 0; t < length; t++) {
    sum += (signal[t] as number) * (reference[source] as number);
    source = source + 1 === length ? 0 : source + 1;
  }
  return sum;
}

/** result[d + reach] = sum over t of a[t - d] × b[t]: the product of a delayed by i with b delayed by j, d = i - j. */
function circularCorrelation(a: Float64Array, b: Float64Array, reach: number): Float64Array {
  return Float64Array.from({ length: 2 * reach + 1 }, (_, k) => dotShifted(b, a, k - reach));
}

/** Cholesky factorisation in place, lower triangle, row-major. */
function factorise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) {
        sum -= (matrix[i * size + k] as number) * (matrix[j * size + k] as number);
      }
      matrix[i * size + j] =
        i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[j * size + j] as number);
    }
  }
}

/** Solves L Lᵀ x = b in place of b. */
function solve(factor: Float64Array, b: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (b[k] as number);
    b[i] = sum / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < size; k++) {
      sum -= (factor[k * size + i] as number) * (b[k] as number);
    }
    b[i] = sum / (factor[i * size + i] as number);
  }
}
