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

  constructor(readonly sections: readonly BiquadSection[]) {
    this.state = new Float64Array(2 * sections.length);
  }

  /** Next output for the next input. NaN stays in the state: reset with `settle` after one. */
  next(input: number): number {
    const { state, sections } = this;
    let x = input;
    for (let i = 0; i < sections.length; i++) {
      const s = sections[i] as BiquadSection;
      const y = s.b0 * x + (state[2 * i] as number);
      state[2 * i] = s.b1 * x - s.a1 * y + (state[2 * i + 1] as number);
      state[2 * i + 1] = s.b2 * x - s.a2 * y;
      x = y;
    }
    return x;
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
