/** Grid samples that a ring remembers: a window, and what a slower block may lag behind a faster one. */
const CAPACITY = 256;

export interface GridRingSnapshot {
  next: number;
  rows: Float32Array[];
  missing: Uint8Array;
}

/** The last grid samples of one block: several rows of numbers, and whether each sample is missing. */
export class GridRing {
  private readonly rows: Float32Array[];
  private readonly missing = new Uint8Array(CAPACITY).fill(1);
  /** Index of the next grid sample to come. */
  private nextIndex = 0;

  constructor(rowCount: number) {
    this.rows = Array.from({ length: rowCount }, () => new Float32Array(CAPACITY));
  }

  get next(): number {
    return this.nextIndex;
  }

  /** Marks all samples before `index` missing that are not here yet. */
  skipTo(index: number): void {
    const from = Math.max(this.nextIndex, index - CAPACITY);
    for (let j = from; j < index; j++) this.missing[j % CAPACITY] = 1;
    this.nextIndex = Math.max(this.nextIndex, index);
  }

  append(values: ArrayLike<number>): void {
    const at = this.nextIndex % CAPACITY;
    for (let r = 0; r < this.rows.length; r++)
      (this.rows[r] as Float32Array)[at] = values[r] as number;
    this.missing[at] = 0;
    this.nextIndex++;
  }

  /** Missing samples in [start, end). */
  missingIn(start: number, end: number): number {
    let count = 0;
    for (let j = start; j < end; j++) count += this.missingAt(j) ? 1 : 0;
    return count;
  }

  missingAt(index: number): boolean {
    if (index >= this.nextIndex || index < this.nextIndex - CAPACITY) return true;
    return this.missing[index % CAPACITY] === 1;
  }

  /** Copies one row from `start` on into all of `out`. Missing samples hold old numbers: ask `missingIn` first. */
  copyInto(out: Float64Array, row: number, start: number): void {
    const source = this.rows[row] as Float32Array;
    const from = start % CAPACITY;
    const untilWrap = Math.min(out.length, CAPACITY - from);
    for (let i = 0; i < untilWrap; i++) out[i] = source[from + i] as number;
    for (let i = untilWrap; i < out.length; i++) out[i] = source[i - untilWrap] as number;
  }

  save(): GridRingSnapshot {
    return {
      next: this.nextIndex,
      rows: this.rows.map((row) => row.slice()),
      missing: this.missing.slice(),
    };
  }

  restore(snapshot: GridRingSnapshot): void {
    this.nextIndex = snapshot.next;
    snapshot.rows.forEach((row, r) => (this.rows[r] as Float32Array).set(row));
    this.missing.set(snapshot.missing);
  }
}
