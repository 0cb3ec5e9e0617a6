import { describe, expect, it } from '@jest/globals';
import type { ExplainedPart, ExplanationResponse, HeartRateExplanation } from '@app/contracts';
import { aloneWords, differenceWords, effectWords, partWords, summaryWords } from './why-words.js';

const steps = { perMinute: 104, from: 'steps' } as const;

describe('the words of an explanation', () => {
  it('name what was hidden', () => {
    const band = {
      kind: 'band',
      signal: 'light',
      fromPerMinute: 94,
      toPerMinute: 110,
      centrePerMinute: 102,
      around: ['pulse', 'cadence'],
    } as const;
    const part = { ...band, around: [...band.around] };
    expect(partWords(part, steps)).toBe('Light around 102 per minute: the pulse, the steps');
    expect(partWords(part, { perMinute: 104, from: 'spectrum' })).toContain('the arm’s rhythm');
    const slice = { kind: 'slice', signal: 'acceleration', fromS: 2, toS: 3 } as const;
    expect(partWords(slice, null)).toBe('Movement, second 3 of 8');
    expect(partWords({ kind: 'movement' }, null)).toBe('All movement');
  });

  it('say what became of the number, and of the window alone', () => {
    const effect = (bpm: number, shiftBpm: number) => ({ bpm, shiftBpm, probabilityDrop: 0.2 });
    const explained: ExplainedPart = {
      part: { kind: 'movement' },
      result: effect(76.6, 4.7),
      network: effect(144.2, 71),
    };
    expect(effectWords(explained, 71.9)).toBe('72 becomes 77 BPM');
    expect(effectWords({ ...explained, result: effect(72.2, 0.3) }, 71.9)).toBe('stays 72 BPM');
    expect(aloneWords(explained)).toBe('These 8 s alone would say 144');
    expect(aloneWords({ ...explained, network: effect(72.4, 0.4) })).toBeNull();
  });

  it('sum up belief, window and result', () => {
    const said = (bpm: number) => ({ probabilities: [], bpm, lowBpm: bpm - 4, highBpm: bpm + 4 });
    const why = { prior: said(73), network: said(74), result: said(72), cadence: steps };
    expect(summaryWords(why as unknown as HeartRateExplanation)).toBe(
      'Before these 8 seconds, 69 to 77 BPM was expected. The 8 seconds alone say 70 to 78. ' +
        'Together that makes 72 (68 to 76). The patient took 104 steps a minute.',
    );
  });

  it('own up to a difference from what was shown', () => {
    const model = { name: 'hr-a', version: '1.0.0' };
    const answer = (servedBpm: number | null, bpm: number | null, servedModel = model) =>
      ({
        served: { heartRate: { estimateBpm: servedBpm, model: servedModel } },
        recomputed: { estimateBpm: bpm },
        model,
      }) as unknown as ExplanationResponse;
    expect(differenceWords(answer(72, 72.3))).toBeNull();
    expect(differenceWords(answer(null, null))).toBeNull();
    expect(differenceWords(answer(72, 75))).toMatch(/then was 72; .* it is 75\./);
    expect(differenceWords(answer(null, 75))).toMatch(/then was none/);
    expect(differenceWords(answer(72, 72, { name: 'hr-b', version: '2.0.0' }))).toMatch(
      /model hr-b 2\.0\.0; .* hr-a 1\.0\.0/,
    );
  });
});
