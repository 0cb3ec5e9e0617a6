import { TREND_SPANS, type TrendView, panned, spanned, zoomed } from './trend-view.js';
import { viewWords } from './trend-words.js';

interface Props {
  view: TrendView;
  onView: (view: TrendView) => void;
}

/** Spans to choose with one press. */
export function TrendSpans({ view, onView }: Props) {
  return (
    <div className="ranges" role="group" aria-label="Range">
      {TREND_SPANS.map(({ label, spanMs }) => (
        <button
          key={label}
          type="button"
          className="button"
          aria-pressed={view.spanMs === spanMs}
          onClick={() => onView(spanned(view, spanMs))}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** How far one press moves, as a share of what is shown, and how much closer one press looks. */
export const PAN_STEP = 0.25;
export const ZOOM_STEP = 0.5;

/** Zoomed from the middle, or from now while the trend follows the clock. */
export function zoomShare({ endMs }: TrendView): number {
  return endMs === null ? 1 : 0.5;
}

interface ControlsProps extends Props {
  nowMs: number;
  reading: boolean;
}

/** Which time is shown, and the buttons that move it. */
export function TrendControls({ view, onView, nowMs, reading }: ControlsProps) {
  const zoom = (factor: number) => onView(zoomed(view, factor, zoomShare(view), nowMs));
  const pan = (share: number) => onView(panned(view, share, nowMs));
  const words = viewWords(view, nowMs);
  return (
    <div className="trend-controls">
      <div className="ranges" role="group" aria-label="Move in time">
        <button type="button" className="button" onClick={() => pan(-PAN_STEP)}>
          Earlier
        </button>
        <button
          type="button"
          className="button"
          disabled={view.endMs === null}
          onClick={() => pan(PAN_STEP)}
        >
          Later
        </button>
        <button
          type="button"
          className="button"
          disabled={view.endMs === null}
          onClick={() => onView({ ...view, endMs: null })}
        >
          Now
        </button>
        <button
          type="button"
          className="button"
          aria-label="Closer"
          title="Closer"
          onClick={() => zoom(ZOOM_STEP)}
        >
          +
        </button>
        <button
          type="button"
          className="button"
          aria-label="Wider"
          title="Wider"
          onClick={() => zoom(1 / ZOOM_STEP)}
        >
          −
        </button>
      </div>
      <span className="note" role="status">
        {words.charAt(0).toUpperCase() + words.slice(1)}
        {view.endMs === null ? '' : ', not now'}
        {reading ? '. Reading …' : '.'}
      </span>
    </div>
  );
}
