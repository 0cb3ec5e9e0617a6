import type {
  BandMeaning,
  ExplainedPart,
  ExplanationResponse,
  HeartRateExplanation,
  HidablePart,
  RateDistribution,
} from '@app/contracts';

const SIGNAL_WORDS = { light: 'Light', acceleration: 'Movement' } as const;

const AROUND_WORDS: Record<BandMeaning, string> = {
  pulse: 'the pulse',
  'twice-pulse': 'twice the pulse',
  cadence: 'the steps',
  'twice-cadence': 'twice the steps',
  'half-cadence': 'half the steps',
  other: '',
};

/** What was hidden: `Light around 72 per minute: the pulse`. */
export function partWords(part: HidablePart, cadence: HeartRateExplanation['cadence']): string {
  switch (part.kind) {
    case 'slice':
      return `${SIGNAL_WORDS[part.signal]}, second ${part.fromS + 1} of 8`;
    case 'band': {
      const around = part.around.map((meaning) => aroundWords(meaning, cadence)).join(', ');
      return `${SIGNAL_WORDS[part.signal]} around ${part.centrePerMinute} per minute: ${around}`;
    }
    case 'movement':
      return 'All movement';
    case 'earlier-windows':
      return 'All that was known before';
  }
}

function aroundWords(meaning: BandMeaning, cadence: HeartRateExplanation['cadence']): string {
  const words = AROUND_WORDS[meaning];
  return cadence?.from === 'spectrum' ? words.replace('the steps', 'the arm’s rhythm') : words;
}

/** What hiding it did to the number: `72 becomes 77 BPM`. */
export function effectWords({ result }: ExplainedPart, wholeBpm: number): string {
  const [before, after] = [Math.round(wholeBpm), Math.round(result.bpm)];
  return before === after ? `stays ${after} BPM` : `${before} becomes ${after} BPM`;
}

/** What the window would say alone, where that is another number; else null. */
export function aloneWords({ network }: ExplainedPart): string | null {
  if (Math.abs(network.shiftBpm) < 1) return null;
  return `These 8 s alone would say ${Math.round(network.bpm)}`;
}

const interval = ({ lowBpm, highBpm }: RateDistribution) =>
  `${Math.round(lowBpm)} to ${Math.round(highBpm)}`;

/** The three distributions in words. */
export function summaryWords({ prior, network, result, cadence }: HeartRateExplanation): string {
  const rhythm =
    cadence === null
      ? 'No rhythm of movement was found.'
      : cadence.from === 'steps'
        ? `The patient took ${Math.round(cadence.perMinute)} steps a minute.`
        : `The arm moved ${Math.round(cadence.perMinute)} times a minute.`;
  return (
    `Before these 8 seconds, ${interval(prior)} BPM was expected. ` +
    `The 8 seconds alone say ${interval(network)}. ` +
    `Together that makes ${Math.round(result.bpm)} (${interval(result)}). ${rhythm}`
  );
}

/** Further apart than this, the explanation is of another number than the one that was shown, BPM. */
const SAME_BPM = 0.5;

/** What must be said when the explanation is not of exactly what was shown; null when it is. */
export function differenceWords({ served, recomputed, model }: ExplanationResponse): string | null {
  const was = served.heartRate;
  if (was.model.name !== model.name || was.model.version !== model.version) {
    return `The number then came from the model ${was.model.name} ${was.model.version}; this explains what ${model.name} ${model.version} says of the same samples.`;
  }
  const [before, now] = [was.estimateBpm, recomputed.estimateBpm];
  const same =
    before === null || now === null ? before === now : Math.abs(before - now) <= SAME_BPM;
  if (same) return null;
  return `The number then was ${before === null ? 'none' : Math.round(before)}; computed again from the record of the last minutes it is ${now === null ? 'none' : Math.round(now)}. The explanation is of the second.`;
}
