import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type WearableHabits, wearableWorld } from './testing/wearable-world.js';
import { wearerAt } from './wearer-at.js';
import { WearerPlacement } from './wearer-placement.js';

const HOUR_MS = 3_600_000;

const habits: fc.Arbitrary<WearableHabits> = fc.record({
  tells: fc.constantFrom('sent', 'sent', 'wall', 'nothing'),
  wallErrorMs: fc.constantFrom(
    null,
    0,
    1_500,
    -1_500,
    9_000,
    -9_000,
    3 * HOUR_MS,
    -3 * HOUR_MS,
    24 * HOUR_MS,
    -24 * HOUR_MS,
  ),
  resetsClock: fc.boolean(),
  longestDelayMs: fc.constantFrom(50, 500, 5_000, 60_000),
  shuffled: fc.constantFrom(0, 0, 3, 40),
  away: fc.constantFrom(0, 0.1, 0.6),
  reboots: fc.integer({ min: 0, max: 4 }),
});

const RUNS = { numRuns: 200 };

describe('whose samples a frame holds', () => {
  it('is never somebody else, whatever the clocks, delays, reboots and swaps', () => {
    fc.assert(
      fc.property(fc.nat(1e9), habits, (seed, device) => {
        const { arrivals, spans } = wearableWorld(seed, device);
        let placement = new WearerPlacement();
        for (const [i, { frame, trueFromMs, trueToMs }] of arrivals.entries()) {
          placement.observe(frame);
          const placed = placement.place(frame, spans);
          const truth = wearerAt(spans, trueFromMs, trueToMs);
          if (placed.kind === 'patient') expect(placed).toEqual(truth);
          if (placed.kind === 'not-admitted' && truth.kind === 'patient')
            expect(nearestEdgeMs(spans, trueFromMs, trueToMs)).toBeLessThan(3 * HOUR_MS);
          if (i % 97 === 0) placement = new WearerPlacement(structuredClone(placement.save()));
        }
      }),
      RUNS,
    );
  });

  it('is known of a device that notes its sendings, but for seconds around a change', () => {
    fc.assert(
      fc.property(fc.nat(1e9), habits, (seed, device) => {
        const honest: WearableHabits = {
          ...device,
          tells: 'sent',
          longestDelayMs: 400,
          shuffled: 0,
          reboots: 0,
        };
        const { arrivals, spans } = wearableWorld(seed, honest);
        const placement = new WearerPlacement();
        let firstMs: number | null = null;
        for (const { frame, trueFromMs, trueToMs } of arrivals) {
          placement.observe(frame);
          firstMs ??= frame.receivedMs;
          const placed = placement.place(frame, spans);
          const truth = wearerAt(spans, trueFromMs, trueToMs);
          if (truth.kind !== 'patient' || placed.kind === 'patient') continue;
          // a wall clock that is behind makes its first seconds doubtful: they may have waited in a queue
          if (frame.receivedMs - firstMs < 8_000) continue;
          expect(nearestEdgeMs(spans, trueFromMs, trueToMs)).toBeLessThan(2_000);
        }
      }),
      RUNS,
    );
  });
});

/** How near a stretch of time comes to the next change of who wears the device, ms. */
function nearestEdgeMs(
  spans: readonly { fromMs: number; toMs: number | null }[],
  fromMs: number,
  toMs: number,
): number {
  const edges = spans.flatMap((span) =>
    span.toMs === null ? [span.fromMs] : [span.fromMs, span.toMs],
  );
  return Math.min(...edges.map((edge) => Math.max(fromMs - edge, edge - toMs, 0)));
}
