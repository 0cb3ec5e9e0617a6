/** One reading of this machine's two clocks. The only place of the dashboard that reads either. */
export interface Clocks {
  /** Since the page was opened, ms; never set, may stand still while the machine sleeps. */
  readonly monotonicMs: number;
  /** What the machine believes the time to be, ms since 1970. */
  readonly wallMs: number;
}

export function readClocks(): Clocks {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}
