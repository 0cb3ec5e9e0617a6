import { describe, expect, it } from '@jest/globals';
import { driftFacts } from './drift-words.js';

const NOTHING = { inputDeviations: {}, withheldShare: null, trainingWithheldShare: null };

describe('driftFacts', () => {
  it('are none before the first window', () => {
    expect(driftFacts(NOTHING)).toEqual([]);
    expect(driftFacts({ ...NOTHING, trainingWithheldShare: 0.1 })).toEqual([]);
  });

  it('say of each input how far it is from training, and ask why past one deviation', () => {
    const inputDeviations = { skewness: 0.2, logMotionG: -1.26, spectralPurity: 0.8, tilt: 1 };
    expect(driftFacts({ ...NOTHING, inputDeviations })).toEqual([
      {
        term: 'Movement',
        words: 'Far less than in training: 1.3 standard deviations below training’s mean',
        isFar: true,
      },
      {
        term: 'Skewness of the pulse wave',
        words: 'As in training: 0.2 standard deviations above training’s mean',
        isFar: false,
      },
      {
        term: 'Clearness of the pulse',
        words: 'Somewhat more than in training: 0.8 standard deviations above training’s mean',
        isFar: false,
      },
      {
        term: 'tilt',
        words: 'Somewhat more than in training: 1.0 standard deviations above training’s mean',
        isFar: false,
      },
    ]);
  });

  it.each([
    [0.12, 0.1, 'About as many as in training: 12 % here, 10 % in training', false],
    [0.2, 0.1, 'More than in training: 20 % here, 10 % in training', false],
    [0.4, 0.1, 'Far more than in training: 40 % here, 10 % in training', true],
    [0, 0.1, 'Fewer than in training: 0 % here, 10 % in training', false],
    [0.12, null, '12 % here; the model does not say how many in training', false],
  ])('say of %f without a number beside %p: %s', (here, training, words, isFar) => {
    const [fact] = driftFacts({
      ...NOTHING,
      withheldShare: here,
      trainingWithheldShare: training,
    });
    expect(fact).toMatchObject({ words, isFar });
  });
});
