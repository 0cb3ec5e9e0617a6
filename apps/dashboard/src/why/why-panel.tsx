import type { ExplanationResponse, PatientState } from '@app/contracts';
import { WITHHELD_WORDS, timeOfDay } from '../words.js';
import { PartList } from './part-list.js';
import { RateRows } from './rate-rows.js';
import { type Explaining, type WindowKey, useExplanation } from './use-explanation.js';
import { differenceWords, summaryWords } from './why-words.js';

/** Where a number comes from, computed when somebody asks. */
export function WhyPanel({ state }: { state: PatientState }) {
  const [explaining, explain] = useExplanation(state.patient);
  const { vital } = state;
  const asking = explaining.state === 'asking';
  const shown = answerOf(explaining);
  return (
    <section className="panel" aria-labelledby="why">
      <div className="panel-head">
        <h2 id="why">Why</h2>
        <span className="note" role="status">
          {statusWords(explaining)}
        </span>
        <div className="ranges">
          {shown === null ? null : <Steps shown={shown} explain={explain} disabled={asking} />}
          <button
            type="button"
            className="button"
            disabled={vital === null || asking}
            onClick={() => vital !== null && explain(vital)}
          >
            {shown === null ? 'Explain this number' : 'Explain the latest'}
          </button>
        </div>
      </div>
      {explaining.state === 'failed' ? (
        <p className="in-place">No explanation: {explaining.reason}.</p>
      ) : null}
      {shown === null ? null : <Answer shown={shown} />}
    </section>
  );
}

function answerOf(explaining: Explaining): ExplanationResponse | null {
  if (explaining.state === 'here') return explaining.answer;
  return explaining.state === 'asking' ? explaining.last : null;
}

function statusWords(explaining: Explaining): string {
  switch (explaining.state) {
    case 'none':
      return 'spectra, expectation and what the number rests on';
    case 'asking':
      return 'Computing …';
    case 'here': {
      const { endMs } = explaining.answer;
      return `8 s up to ${timeOfDay(endMs)}`;
    }
    case 'failed':
      return '';
  }
}

interface StepsProps {
  shown: ExplanationResponse;
  explain: (key: WindowKey) => void;
  disabled: boolean;
}

/** To the windows beside the shown one, 2 s away. */
function Steps({ shown, explain, disabled }: StepsProps) {
  const { device, bootId, window } = shown;
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={disabled || window === 0}
        onClick={() => explain({ device, bootId, window: window - 1 })}
      >
        2 s earlier
      </button>
      <button
        type="button"
        className="button"
        disabled={disabled}
        onClick={() => explain({ device, bootId, window: window + 1 })}
      >
        2 s later
      </button>
    </>
  );
}

function Answer({ shown }: { shown: ExplanationResponse }) {
  const { explanation, recomputed, model, replayedWindows } = shown;
  const difference = differenceWords(shown);
  const { withheld } = recomputed;
  const words = explanation === null ? '' : summaryWords(explanation);
  return (
    <>
      {difference === null ? null : <p className="in-place">{difference}</p>}
      {withheld === null ? null : (
        <p className="in-place">No number was shown: {WITHHELD_WORDS[withheld]}.</p>
      )}
      {explanation === null ? null : (
        <div className="why">
          <p className="why-words">{words}</p>
          <RateRows why={explanation} words={words} />
          <PartList why={explanation} />
        </div>
      )}
      <p className="note why-origin">
        Computed again from the record, {replayedWindows} windows back, with {model.name}{' '}
        {model.version}.
      </p>
    </>
  );
}
