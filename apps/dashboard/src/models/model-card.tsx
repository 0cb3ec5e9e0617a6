import type { ModelFacts } from '@app/contracts';
import { resultWords } from './model-words.js';

/** What a model says of itself, or why that cannot be read. */
export function ModelCard({ facts }: { facts: ModelFacts }) {
  const { name, version, fault, summary, intendedUse, limits, weightsLicence, results } = facts;
  return (
    <div className="model-card">
      <p>
        <b>
          {name} {version}
        </b>
      </p>
      {fault === null ? (
        <>
          <p>{summary}</p>
          <p className="page-note">
            <b>For:</b> {intendedUse}
          </p>
          {limits.length === 0 ? null : (
            <details>
              <summary>Limits ({limits.length})</summary>
              <ul className="model-limits">
                {limits.map((limit) => (
                  <li key={limit}>{limit}</li>
                ))}
              </ul>
            </details>
          )}
          <Results results={results} />
          <p className="page-note">Licence of its weights: {weightsLicence}</p>
        </>
      ) : (
        <p className="problem">What it says of itself cannot be read: {fault}</p>
      )}
    </div>
  );
}

function Results({ results }: { results: ModelFacts['results'] }) {
  if (results.length === 0) return <p className="page-note">It comes without results.</p>;
  return (
    <details>
      <summary>Results ({results.length})</summary>
      <dl className="model-results">
        {results.map((result) => (
          <div key={`${result.measure}\n${result.data}\n${result.protocol}`}>
            <dt>
              {result.measure}, {result.data}
            </dt>
            <dd>
              <b>{resultWords(result)}</b>
            </dd>
            <dd className="note">{result.protocol}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
