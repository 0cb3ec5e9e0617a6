/** The rules of ordering, µs of device time or ms of station time. docs/architecture.md explains them. */
export const ORDER_RULES = {
  /** An item waits for what is missing before it until this much device time beyond its own start has come. */
  waitUs: 5_000_000,
  /** … or until this much of the station's ticks has passed: five intervals of one second, less their jitter. */
  waitTicksMs: 4_500,
  /** Two ticks further apart than this: the station was away, and the devices get the full wait to come back. */
  awayMs: 3_000,
  /** A gap longer than this is long. */
  longGapUs: 30_000_000,
  /** An item this much further ahead than station time has passed needs `waitUs` of others that agree with it. */
  leapUs: 60_000_000,
  /** Most items that wait in one lane; when another comes, the first gap is closed. Five seconds hold at most 20. */
  capacity: 64,
  /** How far the start of an item may lie from the last end and still touch it: this many sample periods … */
  tolerancePeriods: 1.5,
  /** … and at least this. */
  toleranceMinUs: 50_000,
} as const;

export function toleranceUs(sampleRateHz: number): number {
  return Math.max(ORDER_RULES.toleranceMinUs, (ORDER_RULES.tolerancePeriods * 1e6) / sampleRateHz);
}
