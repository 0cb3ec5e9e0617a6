import { describe, expect, it } from '@jest/globals';
import {
  FIRST_VIEW,
  SPAN_MAX_MS,
  SPAN_MIN_MS,
  TREND_SPANS,
  askedRange,
  bucketMsFor,
  panned,
  rangeOf,
  spanned,
  viewAround,
  zoomed,
} from './trend-view.js';

const NOW_MS = 1_000_000_000;
const MINUTE_MS = 60_000;

describe('the time that the trend shows', () => {
  it('follows the clock at first', () => {
    expect(rangeOf(FIRST_VIEW, NOW_MS)).toEqual({
      fromMs: NOW_MS - 15 * MINUTE_MS,
      toMs: NOW_MS,
    });
  });

  it('goes on following when it is zoomed at its right edge', () => {
    const closer = zoomed(FIRST_VIEW, 0.5, 1, NOW_MS);
    expect(closer).toEqual({ spanMs: 7.5 * MINUTE_MS, endMs: null });
    expect(spanned(closer, SPAN_MAX_MS)).toEqual({ spanMs: SPAN_MAX_MS, endMs: null });
  });

  it('keeps the moment under the pointer where it is', () => {
    const view = { spanMs: 60 * MINUTE_MS, endMs: NOW_MS - 600 * MINUTE_MS };
    const before = rangeOf(view, NOW_MS);
    for (const share of [0, 0.3, 1]) {
      const after = rangeOf(zoomed(view, 0.5, share, NOW_MS), NOW_MS);
      const at = (range: typeof after) => range.fromMs + share * (range.toMs - range.fromMs);
      expect(at(after)).toBeCloseTo(at(before), -1);
    }
  });

  it('is never narrower than a minute, wider than 72 h, or in the future', () => {
    expect(zoomed(FIRST_VIEW, 1e-9, 1, NOW_MS).spanMs).toBe(SPAN_MIN_MS);
    expect(zoomed(FIRST_VIEW, 1e9, 0.5, NOW_MS)).toEqual({ spanMs: SPAN_MAX_MS, endMs: null });
    expect(panned(FIRST_VIEW, 0.5, NOW_MS)).toEqual(FIRST_VIEW);
  });

  it('moves, and follows again when it is back at now', () => {
    const earlier = panned(FIRST_VIEW, -0.5, NOW_MS);
    expect(earlier.endMs).toBe(NOW_MS - 7.5 * MINUTE_MS);
    expect(panned(earlier, 0.25, NOW_MS).endMs).toBe(NOW_MS - 3.75 * MINUTE_MS);
    expect(panned(earlier, 0.5, NOW_MS)).toEqual(FIRST_VIEW);
  });

  it('has the moment of an alarm in sight, with what came after it', () => {
    expect(viewAround(NOW_MS - 60 * MINUTE_MS, NOW_MS).endMs).toBe(NOW_MS - 55 * MINUTE_MS);
    expect(viewAround(NOW_MS - MINUTE_MS, NOW_MS)).toEqual(FIRST_VIEW);
  });
});

describe('what is asked of the station', () => {
  it.each(TREND_SPANS)('is a sensible number of whole buckets: $label', ({ spanMs }) => {
    const bucketMs = bucketMsFor(spanMs);
    expect(spanMs / bucketMs).toBeGreaterThanOrEqual(15);
    expect(spanMs / bucketMs).toBeLessThanOrEqual(400);
    expect(bucketMs % 2000).toBe(0);
    const asked = askedRange({ spanMs, endMs: null }, NOW_MS + 1234);
    // A bucket of hours that is still filling has news; one of seconds would only flicker.
    if (bucketMs < 60_000) expect(asked.toMs % bucketMs).toBe(0);
    else expect(asked.toMs).toBe(NOW_MS + 1234);
    expect(asked.fromMs % bucketMs).toBe(0);
    expect(asked.toMs).toBeLessThanOrEqual(NOW_MS + 1234);
    expect(asked.fromMs).toBeLessThanOrEqual(NOW_MS + 1234 - spanMs);
  });

  it('reaches to the right edge of a view in the past', () => {
    const asked = askedRange({ spanMs: 60_000, endMs: NOW_MS - 3_600_001 }, NOW_MS);
    expect(asked.toMs).toBeGreaterThanOrEqual(NOW_MS - 3_600_001);
    expect(asked.toMs - (NOW_MS - 3_600_001)).toBeLessThan(asked.bucketMs);
  });
});
