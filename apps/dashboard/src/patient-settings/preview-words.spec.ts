import { describe, expect, it } from '@jest/globals';
import type { LimitsPreview } from '@app/contracts';
import { monitoredWords, previewLines } from './preview-words.js';

const preview = (changes: Partial<LimitsPreview>): LimitsPreview => ({
  patient: 'p',
  origin: 'live',
  fromMs: 0,
  toMs: 86_400_000,
  monitoredMinutes: 1330,
  rules: [],
  ...changes,
});

describe('what limits would have meant', () => {
  it('is told for each rule, with how long', () => {
    const lines = previewLines(
      preview({
        rules: [
          { rule: 'heart-rate-high', alarms: 3, minutes: 12.4 },
          { rule: 'heart-rate-extreme-high', alarms: 1, minutes: 0.3 },
          { rule: 'heart-rate-low', alarms: 0, minutes: 0 },
        ],
      }),
    );
    expect(lines.map(({ words, alarms, lasted }) => [words, alarms, lasted])).toEqual([
      ['HR high', '3 times', '12 min together'],
      ['HR extremely high', 'once', 'under 1 min long'],
      ['HR low', 'no alarm', ''],
    ]);
  });

  it('says over how much it was counted, and that nothing is no promise', () => {
    expect(monitoredWords(preview({}))).toBe('Counted over 22 h 10 min with results.');
    expect(monitoredWords(preview({ monitoredMinutes: 59.7 }))).toBe(
      'Counted over 1 h with results.',
    );
    expect(monitoredWords(preview({ monitoredMinutes: 0 }))).toMatch(/nothing can be said/);
  });
});
