/** Structured-cloneable state of a `RangeSet`: start, end (exclusive), start, end, … in ascending order. */
export type RangeSetSnapshot = number[];

export interface RangeSetOptions {
  /** Most ranges kept. */
  capacity: number;
  /**
   * What happens to the lowest numbers when one range too many is needed: `forget` drops the lowest range (its numbers
   * count as not in the set), `fill` joins the two lowest (the numbers between them count as in the set).
   */
  whenFull: 'forget' | 'fill';
  /** Called when that happens. */
  onFull?: (() => void) | undefined;
}

/**
 * A set of whole numbers that arrive almost in order, kept as ranges: a million numbers without a hole take two
 * numbers of memory. Adding at the top takes constant time.
 */
export class RangeSet {
  constructor(
    private readonly options: RangeSetOptions,
    private readonly bounds: RangeSetSnapshot = [],
  ) {}

  save(): RangeSetSnapshot {
    return this.bounds.slice();
  }

  /** Number of ranges. */
  get ranges(): number {
    return this.bounds.length / 2;
  }

  has(value: number): boolean {
    const at = this.rangeAtOrBelow(value);
    return at >= 0 && value < this.bounds[at + 1]!;
  }

  /** Adds a number; false when it was there already. */
  add(value: number): boolean {
    const { bounds } = this;
    const at = this.rangeAtOrBelow(value);
    const end = at < 0 ? null : bounds[at + 1]!;
    if (end !== null && value < end) return false;
    const touchesBelow = end === value;
    const touchesAbove = bounds[at + 2] === value + 1;
    if (touchesBelow && touchesAbove) bounds.splice(at + 1, 2);
    else if (touchesBelow) bounds[at + 1] = value + 1;
    else if (touchesAbove) bounds[at + 2] = value;
    else {
      bounds.splice(at + 2, 0, value, value + 1);
      this.shrink();
    }
    return true;
  }

  /** Index in `bounds` of the highest range that begins at or below the value; -2 when there is none. */
  private rangeAtOrBelow(value: number): number {
    let at = this.bounds.length - 2;
    while (at >= 0 && this.bounds[at]! > value) at -= 2;
    return at;
  }

  private shrink(): void {
    if (this.ranges <= this.options.capacity) return;
    this.options.onFull?.();
    if (this.options.whenFull === 'forget') this.bounds.splice(0, 2);
    else this.bounds.splice(1, 2);
  }
}
