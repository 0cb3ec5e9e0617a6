/** One second-order section, a0 = 1: y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]. */
export interface BiquadSection {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/**
 * Streaming IIR filter as second-order sections in transposed direct form II (the form of SciPy's `sosfilt`).
 * Its whole state is `state`: two numbers per section, which may be copied out and in.
 */
export class BiquadCascade {
  readonly state: Float64Array;
  /** b0, b1, b2, a1, a2 of each section: one flat array is read faster than objects. */
  private readonly coefficients: Float64Array;

  constructor(readonly sections: readonly BiquadSection[]) {
    this.state = new Float64Array(2 * sections.length);
    this.coefficients = Float64Array.from(
      sections.flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, a1, a2]),
    );
  }

  /** Next output for the next input. NaN stays in the state: reset with `settle` after one. */
  next(input: number): number {
    const { state, coefficients } = this;
    let x = input;
    for (let at = 0, c = 0; at < state.length; at += 2, c += 5) {
      const y = (coefficients[c] as number) * x + (state[at] as number);
      state[at] =
        (coefficients[c + 1] as number) * x -
        (coefficients[c + 3] as number) * y +
        (state[at + 1] as number);
      state[at + 1] = (coefficients[c + 2] as number) * x - (coefficients[c + 4] as number) * y;
      x = y;
    }
    return x;
  }

  /** Outputs for the inputs from `start` on, into the same places of `out`; the numbers of `next`, faster. */
  run(inputs: ArrayLike<number>, start: number, out: Float64Array): void {
    const { state, coefficients } = this;
    const end = inputs.length;
    for (let i = start; i < end; i++) out[i] = inputs[i] as number;
    for (let at = 0, c = 0; at < state.length; at += 2, c += 5) {
      const b0 = coefficients[c] as number;
      const b1 = coefficients[c + 1] as number;
      const b2 = coefficients[c + 2] as number;
      const a1 = coefficients[c + 3] as number;
      const a2 = coefficients[c + 4] as number;
      let first = state[at] as number;
      let second = state[at + 1] as number;
      for (let i = start; i < end; i++) {
        const x = out[i] as number;
        const y = b0 * x + first;
        first = b1 * x - a1 * y + second;
        second = b2 * x - a2 * y;
        out[i] = y;
      }
      state[at] = first;
      state[at + 1] = second;
    }
  }

  /** Puts the state where it would be had `value` been the input for ever: a start without a step. */
  settle(value: number): void {
    let x = value;
    this.sections.forEach((s, i) => {
      const y = (x * (s.b0 + s.b1 + s.b2)) / (1 + s.a1 + s.a2);
      this.state[2 * i] = y - s.b0 * x;
      this.state[2 * i + 1] = s.b2 * x - s.a2 * y;
      x = y;
    });
  }
}
