import type { ExplainedPart, HeartRateExplanation } from '@app/contracts';
import { aloneWords, effectWords, partWords } from './why-words.js';

/** Parts shown at once; the others on request. */
const SHOWN = 5;

/** What the number rests on: the further it moves without a part, the more. */
export function PartList({ why }: { why: HeartRateExplanation }) {
  const most = Math.max(1, ...why.parts.map(({ result }) => Math.abs(result.shiftBpm)));
  const rest = why.parts.slice(SHOWN);
  return (
    <div className="why-parts">
      <h3>What the number rests on</h3>
      <p className="note">What becomes of it when a part is hidden, most first.</p>
      <List parts={why.parts.slice(0, SHOWN)} why={why} most={most} />
      {rest.length === 0 ? null : (
        <details>
          <summary>{rest.length} parts that matter less</summary>
          <List parts={rest} why={why} most={most} />
        </details>
      )}
    </div>
  );
}

interface ListProps {
  parts: readonly ExplainedPart[];
  why: HeartRateExplanation;
  /** Shift of the part that matters most, BPM: the longest bar. */
  most: number;
}

function List({ parts, why, most }: ListProps) {
  return (
    <ol className="part-list">
      {parts.map((explained) => {
        const { result } = explained;
        const name = partWords(explained.part, why.cadence);
        const alone = aloneWords(explained);
        const width = `${((100 * Math.abs(result.shiftBpm)) / most).toFixed(1)}%`;
        return (
          <li key={name}>
            <span className="part-name">{name}</span>
            <span className="part-effect">{effectWords(explained, why.result.bpm)}</span>
            <span className="part-bar" aria-hidden="true">
              <i style={{ width }} />
            </span>
            {alone === null ? null : <span className="part-alone">{alone}</span>}
          </li>
        );
      })}
    </ol>
  );
}
