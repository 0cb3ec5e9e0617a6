import type { ModelDrift } from '@app/contracts';
import { Panel } from '../controls/panel.js';
import { driftFacts } from './drift-words.js';

/** Whether what comes in still looks like what the heart-rate model was made from. */
export function DriftPanel({ drift }: { drift: ModelDrift }) {
  const facts = driftFacts(drift);
  return (
    <Panel title="Like in training?" note="Heart rate, about the last thousand live windows">
      {facts.length === 0 ? (
        <p className="page-note">
          Nothing to say yet: since the last start no live window with light has come.
        </p>
      ) : (
        <dl className="facts drift">
          {facts.map(({ term, words, isFar }) => (
            <div key={term} className="fact">
              <dt>{term}</dt>
              <dd>
                {words}
                {isFar ? <b> – ask why</b> : null}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
