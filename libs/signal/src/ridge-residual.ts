/** Correlations are computed four at a time; arrays hold room for the last group to reach beyond. */
const GROUP = 4;

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
  /** Correlations of one pair, or weights of one reference; three spare places, for they come four at a time. */
  private readonly products: Float64Array;
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
    this.products = new Float64Array(2 * this.reach + 1 + GROUP);
    this.wrapped = Array.from(
      { length: references },
      () => new Float64Array(length + 2 * this.reach + GROUP),
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

  /** Writes `signal` minus its regression to `out`, which may be the same array. */
  residual(signal: Float64Array, out: Float64Array): void {
    const { lags, length, maxLag, reach, solution, products, wrapped } = this;
    wrapped.forEach((reference, p) => {
      // place k: the reference delayed by maxLag - k
      correlate(signal, 0, reference, reach - maxLag, length, products, lags);
      for (let lag = 0; lag < lags; lag++) {
        solution[p * lags + lag] = products[lags - 1 - lag] as number;
      }
    });
    solve(this.factor, solution, this.size);
    out.set(signal);
    wrapped.forEach((reference, p) => {
      for (let lag = 0; lag < lags; lag++) {
        products[lags - 1 - lag] = solution[p * lags + lag] as number;
      }
      subtractDelayed(out, reference, reach - maxLag, length, products, lags);
    });
  }

  /** Products of reference p delayed by i with reference q delayed by j depend on i - j alone. */
  private fillBlock(p: number, q: number): void {
    const { lags, size, length, reach, factor, products, wrapped } = this;
    const a = wrapped[p] as Float64Array;
    const b = wrapped[q] as Float64Array;
    // place k: a difference i - j of reach - k; a reference with itself is symmetric
    const count = p === q ? reach + 1 : 2 * reach + 1;
    correlate(b, reach, a, 0, length, products, count);
    for (let difference = -reach; difference <= reach; difference++) {
      const place = p === q ? reach - Math.abs(difference) : reach - difference;
      const product = products[place] as number;
      for (let i = Math.max(0, difference); i < Math.min(lags, lags + difference); i++) {
        factor[(p * lags + i) * size + q * lags + i - difference] = product;
      }
    }
  }
}

/**
 * `out[k]` = sum over t of a[fromA + t] × b[fromB + k + t], for the first `count` k. Four at a time: each sample of b is
 * read once for all four, and no sum waits for another.
 */
function correlate(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  length: number,
  out: Float64Array,
  count: number,
): void {
  for (let k = 0; k < count; k += 4) {
    const from = fromB + k;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let b0 = b[from] as number;
    let b1 = b[from + 1] as number;
    let b2 = b[from + 2] as number;
    for (let t = 0; t < length; t++) {
      const value = a[fromA + t] as number;
      const b3 = b[from + t + 3] as number;
      s0 += value * b0;
      s1 += value * b1;
      s2 += value * b2;
      s3 += value * b3;
      b0 = b1;
      b1 = b2;
      b2 = b3;
    }
    out[k] = s0;
    out[k + 1] = s1;
    out[k + 2] = s2;
    out[k + 3] = s3;
  }
}

/** Takes the sum over k of weights[k] × b[fromB + k + t] from each `out[t]`; `weights` is zero from `count` on. */
function subtractDelayed(
  out: Float64Array,
  b: Float64Array,
  fromB: number,
  length: number,
  weights: Float64Array,
  count: number,
): void {
  weights.fill(0, count, count + 3);
  for (let k = 0; k < count; k += 4) {
    const from = fromB + k;
    const w0 = weights[k] as number;
    const w1 = weights[k + 1] as number;
    const w2 = weights[k + 2] as number;
    const w3 = weights[k + 3] as number;
    let b0 = b[from] as number;
    let b1 = b[from + 1] as number;
    let b2 = b[from + 2] as number;
    for (let t = 0; t < length; t++) {
      const b3 = b[from + t + 3] as number;
      out[t] = (out[t] as number) - (w0 * b0 + w1 * b1 + (w2 * b2 + w3 * b3));
      b0 = b1;
      b1 = b2;
      b2 = b3;
    }
  }
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
