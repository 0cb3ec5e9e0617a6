import { describe, expect, it } from '@jest/globals';
import type { WaveformResponse } from '@app/contracts';
import { signalSummary, storedSignal } from './stored-signal.js';

const RATE_HZ = 10;
const range = { device: 'd', bootId: 'b', fromMonotonicUs: 100e6, toMonotonicUs: 120e6 };

/** One-second frames that begin at these seconds. */
function answer(starts: readonly number[], bootId = 'b'): WaveformResponse {
  return {
    patient: 'p',
    origin: 'live',
    fromMs: 0,
    toMs: 1,
    segments: starts.map((s) => ({
      receivedMs: s * 1000,
      monotonicUs: s * 1e6,
      bootId,
      traces: [
        {
          kind: 'ppg',
          label: '530 nm',
          sampleRateHz: RATE_HZ,
          values: Array.from({ length: RATE_HZ }, (_, i) => s + i / RATE_HZ),
        },
      ],
    })),
  };
}

const seconds = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('storedSignal', () => {
  it('is the whole range, whatever order the frames came in', () => {
    const frames = seconds(60, 160);
    const signal = storedSignal(answer(frames.toReversed()), { rule: 'heart-rate-high' }, range);
    expect(signal?.gaps).toEqual([]);
    expect(signal?.keptS).toBeCloseTo(20);
    expect(signal?.momentS).toBe(115);
    expect(signal?.traces[0]?.chunks).toHaveLength(20);
    expect(signal && signalSummary(signal)).toBe(
      'Light and acceleration from 15 s before to 5 s after the moment, without a gap.',
    );
  });

  it('has gaps where samples are missing, at the ends too', () => {
    const frames = [...seconds(102, 105), ...seconds(108, 118)];
    const signal = storedSignal(answer(frames), { rule: 'fall' }, range);
    expect(signal?.gaps).toEqual([
      { fromS: 100, toS: 102, skipped: false },
      { fromS: 105, toS: 108, skipped: false },
      { fromS: 118, toS: 120, skipped: false },
    ]);
    expect(signal?.keptS).toBeCloseTo(13);
    expect(signal?.momentS).toBe(110);
    expect(signal && signalSummary(signal)).toMatch(/; 7 s missing in 3 gaps\.$/);
  });

  it('is nothing when no sample of that boot is left', () => {
    expect(storedSignal(answer([]), { rule: 'fall' }, range)).toBeNull();
    expect(storedSignal(answer(seconds(99, 121), 'other'), { rule: 'fall' }, range)).toBeNull();
    expect(storedSignal(answer(seconds(121, 130)), { rule: 'fall' }, range)).toBeNull();
    expect(storedSignal(answer(seconds(90, 99)), { rule: 'fall' }, range)).toBeNull();
  });
});
