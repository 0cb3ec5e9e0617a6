import type { ActivityClass, AlarmEvent, AlarmLimits, MovedHigh } from '@app/contracts';
import { ACTIVITY_WORDS } from '../words.js';
import { TrendChart } from './trend-chart.js';
import { TrendControls, TrendSpans } from './trend-controls.js';
import { TrendField } from './trend-field.js';
import { type TrendView, rangeOf } from './trend-view.js';
import { viewWords } from './trend-words.js';
import type { History } from './use-history.js';

interface Props {
  history: History;
  view: TrendView;
  onView: (view: TrendView) => void;
  /** The station's clock, ms since 1970; null before it is known. */
  nowMs: number | null;
  limits: AlarmLimits | null;
  moved: MovedHigh | null;
  onAlarms: (alarms: readonly AlarmEvent[]) => void;
}

const BAND: readonly ActivityClass[] = ['rest', 'walking', 'stairs', 'running', 'other', 'unknown'];
/** As many changes of alarms the station tells of one range; of more, the newest. */
const EVENTS_MAX = 1000;

export function TrendPanel({ history, view, onView, nowMs, limits, moved, onAlarms }: Props) {
  const { past, reading, problem } = history;
  const now = nowMs ?? past?.toMs ?? null;
  return (
    <section className="panel" aria-labelledby="trend">
      <div className="panel-head">
        <h2 id="trend">Heart rate</h2>
        <span className="note">BPM, with 90 % interval and the limits of now</span>
        <TrendSpans view={view} onView={onView} />
      </div>
      {problem === null ? null : (
        <p className="in-place" role="status">
          The history cannot be read now: {problem} Live values go on.
        </p>
      )}
      {now === null || past === null ? (
        <div className="trend-field" aria-busy={problem === null} />
      ) : (
        <TrendField view={view} onView={onView} nowMs={now} reading={reading}>
          <TrendChart
            history={past}
            range={rangeOf(view, now)}
            words={viewWords(view, now)}
            limits={limits}
            moved={moved}
            onAlarms={onAlarms}
          />
        </TrendField>
      )}
      {now === null ? null : (
        <TrendControls view={view} onView={onView} nowMs={now} reading={reading} />
      )}
      {past !== null && past.events.length >= EVENTS_MAX ? (
        <p className="note">Only the newest {EVENTS_MAX} changes of alarms are marked.</p>
      ) : null}
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
