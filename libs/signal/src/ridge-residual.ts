/**
 * What is left of a signal after everything is taken out that a ridge regression on lagged references explains:
 * light minus motion. Lags run from -maxLag to +maxLag samples for every reference and wrap around at the ends of the
 * window, so that the normal matrix follows from one correlation per pair of references.
 */
export class RidgeResidual {
  private readonly lags: number;
  private readonly size: number;
  /** Normal matrix, then its Cholesky factor: lower triangle, row-major. */
  private readonly factor: Float64Array;
  private readonly solution: Float64Array;
  /** References continued at both ends: sample t lies at t + reach. */
  private readonly wrapped: Float64Array[];
  private readonly reach: number;

  constructor(
    readonly length: number,
    readonly references: number,
    readonly maxLag: number,
    /** Added to the diagonal of the normal matrix. */
    readonly ridge: number,
  ) {
    this.lags = 2 * maxLag + 1;
    this.size = references * this.lags;
    this.reach = 2 * maxLag;
    this.factor = new Float64Array(this.size * this.size);
    this.solution = new Float64Array(this.size);
    this.wrapped = Array.from(
      { length: references },
      () => new Float64Array(length + 2 * this.reach),
    );
  }

  /** Takes these references, each multiplied by `gain`, and factorises their normal matrix. */
  setReferences(references: readonly Float64Array[], gain: number): void {
    const { length, reach, wrapped } = this;
    wrapped.forEach((target, p) => {
      const source = references[p] as Float64Array;
      for (let t = -reach; t < length + reach; t++) {
        target[t + reach] = gain * (source[(t + length) % length] as number);
      }
    });
    for (let p = 0; p < this.references; p++) {
      for (let q = 0; q <= p; q++) this.fillBlock(p, q);
    }
    for (let at = 0; at < this.factor.length; at += this.size + 1) {
      this.factor[at] = (this.factor[at] as number) + this.ridge;
    }
    factorise(this.factor, this.size);
  }

  /** Writes `signal` minus its regression to `out`. */
  residual(signal: Float64Array, out: Float64Array): void {
    const { lags, maxLag, length, reach, solution, wrapped } = this;
    for (let row = 0; row < this.size; row++) {
      const reference = wrapped[Math.floor(row / lags)] as Float64Array;
      solution[row] = dot(signal, 0, reference, reach + maxLag - (row % lags), length);
    }
    solve(this.factor, solution, this.size);
    out.set(signal);
    for (let row = 0; row < this.size; row++) {
      const reference = wrapped[Math.floor(row / lags)] as Float64Array;
      const from = reach + maxLag - (row % lags);
      const weight = solution[row] as number;
      for (let t = 0; t < length; t++) {
        out[t] = (out[t] as number) - weight * (reference[from + t] as number);
      }
    }
  }

  /** Products of reference p delayed by i with reference q delayed by j depend on i - j alone. */
  private fillBlock(p: number, q: number): void {
    const { lags, size, length, reach, factor, wrapped } = this;
    const a = wrapped[p] as Float64Array;
    const b = wrapped[q] as Float64Array;
    for (let difference = -reach; difference <= reach; difference++) {
      const product = dot(b, reach, a, reach - difference, length);
      for (let i = Math.max(0, difference); i < Math.min(lags, lags + difference); i++) {
        factor[(p * lags + i) * size + q * lags + i - difference] = product;
      }
    }
  }
}

function dot(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  length: number,
): number {
  // four sums: one alone would wait for each addition before it starts the next
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < length; t += 4) {
    s0 += (a[fromA + t] as number) * (b[fromB + t] as number);
    s1 += (a[fromA + t + 1] as number) * (b[fromB + t + 1] as number);
    s2 += (a[fromA + t + 2] as number) * (b[fromB + t + 2] as number);
    s3 += (a[fromA + t + 3] as number) * (b[fromB + t + 3] as number);
  }
  for (; t < length; t++) s0 += (a[fromA + t] as number) * (b[fromB + t] as number);
  return s0 + s1 + (s2 + s3);
}

/** Cholesky factorisation in place. */
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
