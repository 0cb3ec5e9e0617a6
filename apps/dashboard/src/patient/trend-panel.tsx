import type { ActivityClass, AlarmLimits } from '@app/contracts';
import { ACTIVITY_WORDS } from '../words.js';
import { TREND_RANGES, type TrendRange } from './trend.js';
import { TrendChart } from './trend-chart.js';
import type { History } from './use-history.js';

interface Props {
  history: History;
  range: TrendRange;
  onRange: (range: TrendRange) => void;
  limits: AlarmLimits | null;
}

const BAND: readonly ActivityClass[] = ['rest', 'walking', 'stairs', 'running', 'other', 'unknown'];

export function TrendPanel({ history, range, onRange, limits }: Props) {
  const past = history.state === 'loading' ? null : history.history;
  return (
    <section className="panel" aria-labelledby="trend">
      <div className="panel-head">
        <h2 id="trend">Heart rate</h2>
        <span className="note">BPM, with 90 % interval and limits</span>
        <div className="ranges" role="group" aria-label="Range">
          {TREND_RANGES.map((choice) => (
            <button
              key={choice.key}
              type="button"
              className="button"
              aria-pressed={choice === range}
              onClick={() => onRange(choice)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      </div>
      {history.state === 'away' ? (
        <p className="in-place" role="status">
          The history cannot be read now: {history.reason}. Live values go on.
        </p>
      ) : null}
      {history.state === 'loading' ? <div className="trend" aria-busy="true" /> : null}
      {past === null ? null : <TrendChart history={past} label={range.label} limits={limits} />}
      <div className="legend" aria-label="Activity">
        {BAND.map((activity) => (
          <span key={activity}>
            <i className="swatch block" data-activity={activity} />
            {ACTIVITY_WORDS[activity]}
          </span>
        ))}
      </div>
    </section>
  );
}
