const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The narrowest and the widest look back, ms. */
export const SPAN_MIN_MS = MINUTE_MS;
export const SPAN_MAX_MS = 72 * HOUR_MS;

/** What a nurse may look back on with one press. */
export const TREND_SPANS: readonly { label: string; spanMs: number }[] = [
  { label: '1 min', spanMs: MINUTE_MS },
  { label: '15 min', spanMs: 15 * MINUTE_MS },
  { label: '1 h', spanMs: HOUR_MS },
  { label: '6 h', spanMs: 6 * HOUR_MS },
  { label: '24 h', spanMs: 24 * HOUR_MS },
  { label: '72 h', spanMs: SPAN_MAX_MS },
];

/** Which time the trend shows. */
export interface TrendView {
  spanMs: number;
  /** ms since 1970; null follows the station's clock. */
  endMs: number | null;
}

export interface TimeRange {
  fromMs: number;
  toMs: number;
}

export const FIRST_VIEW: TrendView = { spanMs: 15 * MINUTE_MS, endMs: null };

export function rangeOf({ spanMs, endMs }: TrendView, nowMs: number): TimeRange {
  const toMs = endMs ?? nowMs;
  return { fromMs: toMs - spanMs, toMs };
}

/**
 * Closer (`factor` below 1) or wider, within bounds.
 * @param share where in the view stands still, 0 at its left and 1 at its right edge
 */
export function zoomed(view: TrendView, factor: number, share: number, nowMs: number): TrendView {
  const { fromMs } = rangeOf(view, nowMs);
  const spanMs = Math.min(SPAN_MAX_MS, Math.max(SPAN_MIN_MS, view.spanMs * factor));
  const stillMs = fromMs + share * view.spanMs;
  return placed(spanMs, stillMs + (1 - share) * spanMs, nowMs);
}

/** Moved in time by a share of what is shown; negative: earlier. At now it follows the clock again. */
export function panned(view: TrendView, share: number, nowMs: number): TrendView {
  return placed(view.spanMs, rangeOf(view, nowMs).toMs + share * view.spanMs, nowMs);
}

/** The same end with another span: what follows the clock goes on doing so. */
export function spanned(view: TrendView, spanMs: number): TrendView {
  return { ...view, spanMs };
}

/** A quarter of an hour with that moment in it, a third before its right edge. */
export function viewAround(atMs: number, nowMs: number): TrendView {
  const { spanMs } = FIRST_VIEW;
  return placed(spanMs, atMs + spanMs / 3, nowMs);
}

function placed(spanMs: number, endMs: number, nowMs: number): TrendView {
  return { spanMs, endMs: endMs >= nowMs ? null : Math.round(endMs) };
}

/** Widths of buckets, ms. Each holds at least two windows, so that their rhythm leaves no false gaps. */
const BUCKETS_MS = [4000, 10_000, 20_000, 60_000, 240_000, 720_000];
/** More points than this cannot be told apart on the screen. */
const POINTS_MAX = 400;

export function bucketMsFor(spanMs: number): number {
  return BUCKETS_MS.find((bucketMs) => spanMs / bucketMs <= POINTS_MAX) ?? 720_000;
}

/** Buckets as short as this are shown once they have ended: while they fill, every trend would end with a false step or a gap. */
const ENDED_ONLY_MS = 20_000;

/** What to ask the station for so that the view is full: whole buckets, but for a long one that is still filling. */
export function askedRange(view: TrendView, nowMs: number): TimeRange & { bucketMs: number } {
  const bucketMs = bucketMsFor(view.spanMs);
  const { fromMs, toMs } = rangeOf(view, nowMs);
  const last =
    bucketMs <= ENDED_ONLY_MS ? Math.floor(nowMs / bucketMs) * bucketMs : Math.floor(nowMs);
  const until = Math.min(last, Math.ceil(toMs / bucketMs) * bucketMs);
  return { fromMs: Math.floor(fromMs / bucketMs) * bucketMs, toMs: until, bucketMs };
}
