import { describe, expect, it } from '@jest/globals';
import { SPECTRAL_MODEL } from '../belief-settings.js';
import { type ModelsInForce, PatientBelief } from '../patient-belief.js';
import type { PreparedWindow } from '../prepared-window.js';
import { SignalLane } from '../signal-lane.js';
import { pulseFrames } from '../testing/pulse-frames.js';
import { WindowExplanation, answerWithoutNetwork } from './window-explanation.js';

const models: ModelsInForce = {
  heartRate: SPECTRAL_MODEL,
  activity: { name: 'none', version: '1.0.0' },
};

/** The last window of a made-up wearable, with the belief before it; the spectral evidence answers. */
function lastWindow(options: Partial<Parameters<typeof pulseFrames>[0]> = {}) {
  const lane = new SignalLane();
  const frames = pulseFrames({ bpm: 72, seconds: 40, ...options });
  const windows = frames.flatMap((frame) => lane.push(frame));
  const belief = new PatientBelief();
  for (const window of windows.slice(0, -1)) {
    belief.update(window, { heartRateLogits: null, activityLogits: null }, models);
  }
  const window = windows.at(-1) as PreparedWindow;
  const { heartRate } = window;
  if (heartRate === null) throw new Error('a window with light');
  const before = belief.save();
  const result = belief.update(window, { heartRateLogits: null, activityLogits: null }, models);
  return { window, heartRate, before, models, stepsPerMinute: null, result };
}

function explain(of: ReturnType<typeof lastWindow>) {
  const why = new WindowExplanation(of, of.heartRate.second.logLikelihood);
  return why.conclude(why.questions().map(answerWithoutNetwork));
}

describe('WindowExplanation', () => {
  it('ends at the very result that the belief gives', () => {
    const of = lastWindow();
    const { result, prior, network } = explain(of);
    expect(result.bpm).toBeCloseTo(of.result.heartRate.estimateBpm!, 2);
    expect(result.lowBpm).toBeCloseTo(of.result.heartRate.lowBpm!, 2);
    for (const { probabilities } of [prior, network, result]) {
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
    }
    // prior times what the window says is the result
    const product = prior.probabilities.map((value, i) => value * network.probabilities[i]!);
    const total = product.reduce((sum, value) => sum + value, 0);
    product.forEach((value, i) => expect(value / total).toBeCloseTo(result.probabilities[i]!, 2));
  });

  it('finds that a resting pulse rests on the light around it', () => {
    const { parts, answeredBpm, cadence, spectra } = explain(lastWindow());
    expect(Math.abs(answeredBpm - 72)).toBeLessThanOrEqual(4);
    expect(cadence).toBeNull();
    const peak = spectra.light.indexOf(Math.max(...spectra.light));
    expect(Math.abs(30 + 2 * peak - 72)).toBeLessThanOrEqual(2);
    const byNetwork = parts.toSorted(
      (a, b) => b.network.probabilityDrop - a.network.probabilityDrop,
    );
    expect(byNetwork[0]?.part).toMatchObject({ kind: 'band', signal: 'light', around: ['pulse'] });
  });

  it('marks the rhythm of an arm, and asks about it', () => {
    const { cadence, parts } = explain(lastWindow({ cadence: 110 }));
    expect(cadence).toMatchObject({ from: 'spectrum' });
    expect(Math.abs(cadence!.perMinute - 110)).toBeLessThanOrEqual(2);
    const bands = parts.flatMap(({ part }) =>
      part.kind === 'band' ? [`${part.signal} ${part.around.join()}`] : [],
    );
    expect(bands).toEqual(
      expect.arrayContaining(['acceleration cadence', 'light cadence', 'light pulse']),
    );
    expect(parts.filter(({ part }) => part.kind === 'slice')).toHaveLength(16);
  });

  it('asks nothing about a movement that was not measured', () => {
    const { spectra, parts } = explain(lastWindow({ motion: false }));
    expect(spectra.acceleration).toBeNull();
    const ofMovement = parts.filter(
      ({ part }) =>
        part.kind === 'movement' || ('signal' in part && part.signal === 'acceleration'),
    );
    expect(ofMovement).toEqual([]);
  });

  it('ranks by how far the result moves, and is the same each time', () => {
    const of = lastWindow({ cadence: 110 });
    const once = explain(of);
    const shifts = once.parts.map(({ result }) => Math.abs(result.shiftBpm));
    expect(shifts).toEqual(shifts.toSorted((a, b) => b - a));
    expect(explain(structuredClone(of))).toEqual(once);
    expect(explain(of)).toEqual(once);
  });

  it('leaves out parts that got no answer', () => {
    const of = lastWindow();
    const why = new WindowExplanation(of, of.heartRate.second.logLikelihood);
    const answers = why
      .questions()
      .map((question, i) => (i < 3 ? null : answerWithoutNetwork(question)));
    expect(why.conclude(answers).parts).toHaveLength(answers.length - 3);
  });
});
