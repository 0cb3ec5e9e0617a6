import { describe, expect, it } from '@jest/globals';
import { SPECTRAL_MODEL } from './belief-settings.js';
import { bpmOfBin } from './heart-rate-bins.js';
import { PatientBelief, type WindowResult } from './patient-belief.js';
import type { PreparedWindow } from './prepared-window.js';

const network = {
  heartRate: { name: 'hr-test', version: '1.0.0' },
  activity: { name: 'none', version: '1.0.0' },
};
const spectralOnly = { ...network, heartRate: SPECTRAL_MODEL };

/** Likelihoods with one bump; of height 0 they say nothing. */
const bump = (bpm: number, height = 8, width = 5) =>
  Float32Array.from(
    { length: 96 },
    (_, i) => height * Math.exp(-0.5 * ((bpmOfBin(i) - bpm) / width) ** 2),
  );

function windowOf(window: number, secondBpm: number, secondHeight?: number): PreparedWindow {
  return {
    window,
    endMonotonicUs: (2 * window + 8) * 1e6,
    heartRate: {
      features: new Float32Array(672),
      signals: { lightBand: [], lightHigh: [], motionBand: [], motionHigh: [] },
      second: { logLikelihood: bump(secondBpm, secondHeight), peakBpm: secondBpm },
      restart: window === 0,
    },
    withheld: null,
    activity: null,
    waist: null,
    motion: { rmsG: 0.01, peakG: 0.02 },
    quality: {
      flatShare: 0,
      clippedShare: 0,
      skewness: 0.5,
      spectralPurity: secondHeight === 0 ? 0.1 : 0.8,
      perfusionPercent: 1,
      channels: 2,
    },
    battery: null,
    worn: true,
    position: 'wrist',
  };
}

const withoutInput = (window: number, withheld: PreparedWindow['withheld']): PreparedWindow => ({
  ...windowOf(window, 70),
  heartRate: null,
  quality: null,
  withheld,
});

const answer = (belief: PatientBelief, window: PreparedWindow, logits: Float32Array | null) =>
  belief.update(window, { heartRateLogits: logits, activityLogits: null }, network);

/** Ten clean windows at 70. */
function settled(): PatientBelief {
  const belief = new PatientBelief();
  for (let k = 0; k < 10; k++) answer(belief, windowOf(k, 70), bump(70));
  return belief;
}

describe('PatientBelief', () => {
  it('acquires, then answers with an interval around the rate', () => {
    const belief = new PatientBelief();
    const results: WindowResult[] = [];
    for (let k = 0; k < 8; k++) results.push(answer(belief, windowOf(k, 70), bump(70)));
    expect(results[0]?.heartRate).toMatchObject({ bpm: null, withheld: 'acquiring' });
    expect(results[0]?.heartRate.estimateBpm).not.toBeNull();
    const { bpm, withheld, lowBpm, highBpm, secondOpinionBpm, model } = results[7]!.heartRate;
    expect(withheld).toBeNull();
    expect(bpm).toBeCloseTo(70, 0);
    expect(lowBpm).toBeLessThan(70);
    expect(highBpm).toBeGreaterThan(70);
    expect(secondOpinionBpm).toBeCloseTo(70, 0);
    expect(model).toEqual(network.heartRate);
    expect(results[7]?.quality).toBeGreaterThan(0.8);
  });

  it('says four windows later what it then thinks of a window, across a restart too', () => {
    const whole = new PatientBelief();
    let parts = new PatientBelief();
    // what the network sees in the first window is wrong, and the next ones tell
    const seen = [120, 70, 70, 70, 70, 70];
    const results = seen.map((bpm, k) => {
      const answers = [whole, parts].map((one) => answer(one, windowOf(k, 70, 0), bump(bpm)));
      expect(answers[1]).toEqual(answers[0]);
      if (k === 2) parts = PatientBelief.restore(structuredClone(parts.save()));
      return answers[0]!.heartRate;
    });
    expect(results.slice(0, 4).map(({ lagged }) => lagged)).toEqual([null, null, null, null]);
    expect(results[0]!.estimateBpm).toBeGreaterThan(105);
    expect(results[4]!.lagged).toMatchObject({ window: 0 });
    expect(results[4]!.lagged!.bpm).toBeLessThan(95);
    expect(results[5]!.lagged).toMatchObject({ window: 1, bpm: expect.closeTo(70, 0) });
  });

  it('shows no number in a gap and goes on with one after it', () => {
    const belief = settled();
    const gap = answer(belief, withoutInput(10, 'gap'), null);
    expect(gap.heartRate).toMatchObject({ bpm: null, withheld: 'gap' });
    expect(gap.heartRate.estimateBpm).toBeCloseTo(70, 0);
    expect(gap.quality).toBe(0);
    expect(answer(belief, windowOf(11, 70), bump(70)).heartRate.withheld).toBeNull();
  });

  it('withholds what is too wide', () => {
    const belief = settled();
    let last: WindowResult | undefined;
    for (let k = 10; k < 40; k++) last = answer(belief, windowOf(k, 70, 0), bump(70, 0));
    expect(last?.heartRate).toMatchObject({ bpm: null, withheld: 'uncertain' });
    expect(last?.quality).toBeLessThan(0.6);
  });

  it('does not coast on its past when the network sees no pulse any more', () => {
    const belief = settled();
    const shown = [10, 11, 12, 13].map(
      (k) => answer(belief, windowOf(k, 70), bump(70, 0)).heartRate.bpm !== null,
    );
    expect(shown).toEqual([true, false, false, false]);
    answer(belief, windowOf(14, 70), bump(70));
    expect(answer(belief, windowOf(15, 70), bump(70)).heartRate.bpm).toBeCloseTo(70, 0);
  });

  it('withholds an unsure number that a sure second opinion contradicts', () => {
    const belief = new PatientBelief();
    let last: WindowResult | undefined;
    for (let k = 0; k < 12; k++) last = answer(belief, windowOf(k, 70, 16), bump(110, 5.7, 20));
    const { estimateBpm, secondOpinionBpm, bpm, withheld } = last!.heartRate;
    expect(estimateBpm).toBeCloseTo(110, -1);
    expect(secondOpinionBpm).toBeCloseTo(70, 0);
    expect({ bpm, withheld }).toEqual({ bpm: null, withheld: 'disagreement' });
  });

  it('rests on the spectrum when there is no network', () => {
    const belief = new PatientBelief();
    let last: WindowResult | undefined;
    for (let k = 0; k < 8; k++) {
      const nothing = { heartRateLogits: null, activityLogits: null };
      last = belief.update(windowOf(k, 84), nothing, spectralOnly);
    }
    expect(last?.heartRate.model).toEqual(SPECTRAL_MODEL);
    expect(last?.heartRate.bpm).toBeCloseTo(84, 0);
  });

  it('forgets after 30 s without any window, after a restart and when told to', () => {
    const later = answer(settled(), windowOf(40, 150), bump(150)).heartRate;
    expect(later.withheld).toBe('acquiring');
    const restarted = windowOf(10, 150);
    if (restarted.heartRate) restarted.heartRate.restart = true;
    expect(answer(settled(), restarted, bump(150)).heartRate.withheld).toBe('acquiring');
    const told = settled();
    told.reset();
    expect(answer(told, windowOf(10, 150), bump(150)).heartRate.withheld).toBe('acquiring');
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = settled();
    const copy = PatientBelief.restore(structuredClone(whole.save()));
    for (let k = 10; k < 14; k++) {
      expect(answer(copy, windowOf(k, 75), bump(75))).toEqual(
        answer(whole, windowOf(k, 75), bump(75)),
      );
    }
  });
});
