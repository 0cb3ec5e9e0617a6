import type { Backlog, VitalSigns } from '@app/contracts';
import { WINDOW_STEP_MS } from '@app/vitals';

/** A live lane that finds a longer hole begins anew behind it, and leaves its windows to the backlog. */
const HOLE_MIN_WINDOWS = 15;
/** Holes remembered per boot; of more, the oldest are forgotten. */
const HOLES_MAX = 8;

/** What the live lane of one boot has left out, and how far the backlog has come. */
export interface BootBacklog {
  /** First and last window of each hole, the oldest first. */
  holes: readonly (readonly [first: number, last: number])[];
  /** The last window that came from the backlog; -1 before the first. Windows come in order: what is before it comes no more. */
  filled: number;
  /** When a hole was last seen or a window of the backlog came, station's clock, ms. */
  atMs: number;
}

/**
 * After a live window.
 * @param before the last live window of the boot; null for its first
 * @param wornSinceMs from when on samples are the patient's; null when that is not known
 */
export function afterLive(
  backlog: BootBacklog | undefined,
  before: number | null,
  { window, endMs }: Pick<VitalSigns, 'window' | 'endMs'>,
  wornSinceMs: number | null,
  atMs: number,
): BootBacklog | undefined {
  const first = before === null ? firstOwn(window, endMs, wornSinceMs) : before + 1;
  if (window - first < HOLE_MIN_WINDOWS) return backlog;
  const holes = [...(backlog?.holes ?? []), [first, window - 1] as const];
  return { holes: holes.slice(-HOLES_MAX), filled: backlog?.filled ?? -1, atMs };
}

/** Of a boot that had begun before it was first heard: the first window that is the patient's. */
function firstOwn(window: number, endMs: number, wornSinceMs: number | null): number {
  if (wornSinceMs === null) return window;
  const own = Math.floor((endMs - wornSinceMs) / WINDOW_STEP_MS);
  return Math.min(window, Math.max(0, window - own));
}

/** After a window of the backlog; the same object when it says nothing new. */
export function afterBackfill(
  backlog: BootBacklog | undefined,
  window: number,
  atMs: number,
): BootBacklog | undefined {
  if (backlog !== undefined && window <= backlog.filled) return backlog;
  return { holes: backlog?.holes ?? [], filled: window, atMs };
}

/** What is still to come of all boots of a device; null: nothing that is known of. */
export function backlogOf(boots: readonly (BootBacklog | undefined)[]): Backlog | null {
  let [windows, atMs] = [0, 0];
  for (const boot of boots) {
    const missing = missingOf(boot);
    if (boot === undefined || missing === 0) continue;
    windows += missing;
    atMs = Math.max(atMs, boot.atMs);
  }
  return windows === 0 ? null : { seconds: (windows * WINDOW_STEP_MS) / 1000, atMs };
}

function missingOf(boot: BootBacklog | undefined): number {
  if (boot === undefined) return 0;
  return boot.holes.reduce(
    (sum, [first, last]) => sum + Math.max(0, last - Math.max(first - 1, boot.filled)),
    0,
  );
}
