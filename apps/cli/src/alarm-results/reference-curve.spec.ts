import { describe, expect, it } from '@jest/globals';
import { labelClockOf, referenceAt, referenceCurve } from './reference-curve.js';

const labels = (...bpm: number[]) => ({
  source: 'made up',
  windows: bpm.map((value, window) => ({ window, bpm: value })),
});
const MEAN = { atS: 4, spanS: 8, lagS: 0 };

describe('referenceCurve', () => {
  it('puts the mean of a window at its middle, straight lines between', () => {
    expect(referenceCurve(labels(80, 90, 90), MEAN, 60)).toEqual({
      fromS: 4,
      bpm: [80, 85, 90, 90, 90],
    });
  });

  it.each([
    [2.5, 7, [81.25 + 1.25, 87.5, 90, 90]],
    [-6, 0, [85 + 5, 90, 90]],
  ])('takes a lag of %d s out', (lagS, fromS, bpm) => {
    expect(referenceCurve(labels(80, 90, 90, 90), { ...MEAN, lagS }, 60)).toMatchObject({
      fromS,
      bpm: expect.arrayContaining(bpm.slice(-2)),
    });
    expect(referenceCurve(labels(80, 90, 90, 90), { ...MEAN, lagS }, 60).bpm[0]).toBeCloseTo(
      bpm[0]!,
    );
  });

  it('ends with the recording', () => {
    expect(referenceCurve(labels(80, 80, 80, 80), MEAN, 6).bpm).toHaveLength(3);
  });

  it('makes instantaneous labels means over 8 s', () => {
    const clock = { atS: 1, spanS: 0, lagS: 0 };
    const { fromS, bpm } = referenceCurve(
      labels(60, 60, 60, 60, 60, 100, 100, 100, 100),
      clock,
      60,
    );
    expect(fromS).toBe(1);
    // a step between 9 and 11 s: half of it is seen at 10 s
    expect(bpm[10 - fromS]).toBeCloseTo(80, 9);
    expect(bpm[5 - fromS]).toBe(60);
    expect(bpm[15 - fromS]).toBe(100);
  });

  it('says the nearest value where it does not reach', () => {
    const curve = { fromS: 4, bpm: [80, 85, 90] };
    expect([0, 5, 99].map((s) => referenceAt(curve, s))).toEqual([80, 85, 90]);
  });
});

describe('labelClockOf', () => {
  const lags = new Map([
    ['BAMI1_24', 2.5],
    ['BAMI1_25', 3],
    ['BAMI2_1', 1],
  ]);

  it('knows the two devices of BAMI apart, and no lag of SPC', () => {
    expect(labelClockOf('bami-BAMI1_24', lags)).toEqual({ atS: 1, spanS: 0, lagS: 2.5 });
    expect(labelClockOf('bami-BAMI1_25', lags)).toEqual({ atS: 4, spanS: 8, lagS: 3 });
    expect(labelClockOf('bami-BAMI2_1', lags)).toEqual({ atS: 4, spanS: 8, lagS: 1 });
    expect(labelClockOf('spc-DATA_01_TYPE01', lags)).toEqual({ atS: 4, spanS: 8, lagS: 0 });
  });

  it('does not guess a lag', () => {
    expect(() => labelClockOf('bami-BAMI2_2', lags)).toThrow('no lag is known of BAMI2_2');
  });
});
