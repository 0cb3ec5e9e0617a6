import type { ModelDrift } from '@app/contracts';
import { shareWords } from './model-words.js';

const INPUT_WORDS: Readonly<Record<string, string>> = {
  logMotionG: 'Movement',
  spectralPurity: 'Clearness of the pulse',
  skewness: 'Skewness of the pulse wave',
};

export interface DriftFact {
  term: string;
  words: string;
  /** Far enough from training that somebody should ask why. */
  isFar: boolean;
}

/** Standard deviations of training: up to here it is as in training, and past the second somebody should ask why. */
const LIKE_TRAINING = 0.5;
const FAR = 1;

/** Shares are alike up to this difference, and past the second somebody should ask why. */
const LIKE_SHARES = 0.05;
const FAR_SHARES = 0.2;

/** How the recent windows lie beside training's; empty when nothing was seen yet. */
export function driftFacts(drift: ModelDrift): DriftFact[] {
  const inputs = Object.entries(drift.inputDeviations)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([input, deviations]) => inputFact(INPUT_WORDS[input] ?? input, deviations));
  const share = withheldFact(drift);
  return share === null ? inputs : [...inputs, share];
}

function inputFact(term: string, deviations: number): DriftFact {
  const away = Math.abs(deviations);
  const side = deviations < 0 ? 'below' : 'above';
  const number = `${away.toFixed(1)} standard deviations ${side} training’s mean`;
  const direction = deviations < 0 ? 'less' : 'more';
  if (away <= LIKE_TRAINING) return { term, words: `As in training: ${number}`, isFar: false };
  if (away <= FAR) {
    return { term, words: `Somewhat ${direction} than in training: ${number}`, isFar: false };
  }
  return { term, words: `Far ${direction} than in training: ${number}`, isFar: true };
}

function withheldFact({ withheldShare, trainingWithheldShare }: ModelDrift): DriftFact | null {
  const term = 'Windows with light but without a number';
  if (withheldShare === null) return null;
  const here = `${shareWords(withheldShare)} here`;
  if (trainingWithheldShare === null) {
    return { term, words: `${here}; the model does not say how many in training`, isFar: false };
  }
  const both = `${here}, ${shareWords(trainingWithheldShare)} in training`;
  const more = withheldShare - trainingWithheldShare;
  if (Math.abs(more) <= LIKE_SHARES) {
    return { term, words: `About as many as in training: ${both}`, isFar: false };
  }
  if (more < 0) return { term, words: `Fewer than in training: ${both}`, isFar: false };
  const isFar = more > FAR_SHARES;
  return { term, words: `${isFar ? 'Far more' : 'More'} than in training: ${both}`, isFar };
}
