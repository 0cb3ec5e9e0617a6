import { describe, expect, it } from '@jest/globals';
import type { VitalSigns } from '@app/contracts';
import { raisedAlarms } from './raised-alarms.js';

/** A result every 2 s from 8 s on, with an interval of ±2 BPM; null: no number. */
function vitals(bpmAt: (endS: number) => number | null, seconds: number): VitalSigns[] {
  return Array.from({ length: Math.floor((seconds - 8) / 2) + 1 }, (_, window) => {
    const endS = 2 * window + 8;
    const bpm = bpmAt(endS);
    return {
      patient: 'p',
      origin: 'replay',
      device: 'p',
      bootId: 'recording',
      window,
      lane: 'live',
      endMonotonicUs: 1e6 * endS,
      endMs: 1000 * endS,
      latencyMs: 0,
      heartRate: {
        bpm,
        withheld: bpm === null ? 'no-signal' : null,
        estimateBpm: bpm,
        lowBpm: bpm === null ? null : bpm - 2,
        highBpm: bpm === null ? null : bpm + 2,
        secondOpinionBpm: bpm,
        model: { name: 'hr', version: '1.0.0' },
      },
      quality: 0.9,
      activity: {
        class: 'rest',
        confidence: 1,
        cadencePerMinute: null,
        model: { name: 'none', version: '1.0.0' },
      },
      battery: null,
      worn: null,
    };
  });
}

describe('raisedAlarms', () => {
  it('raises by the ordinary limit alone, however far the rate is beyond it', () => {
    const given = vitals((s) => (s >= 50 && s < 100 ? 200 : 80), 160);
    expect(raisedAlarms('p', given, 120, 160)).toEqual({
      high: [{ raisedS: 60, endS: 110 }],
      check: [],
    });
  });

  it('raises again what nobody has acknowledged, and ends with the recording', () => {
    const given = vitals((s) => (s < 30 || (s >= 60 && s < 90) ? 80 : 130), 110);
    expect(raisedAlarms('p', given, 120, 110).high).toEqual([
      { raisedS: 40, endS: 70 },
      { raisedS: 100, endS: 110 },
    ]);
  });

  it('raises nothing within the limit, and "check patient" without a number', () => {
    const given = vitals((s) => (s < 30 ? 110 : null), 110);
    const { high, check } = raisedAlarms('p', given, 120, 110);
    expect(high).toEqual([]);
    expect(check).toHaveLength(1);
  });
});
