import type { AlarmEvent, AlarmLimits, HistoryResponse, MovedHigh } from '@app/contracts';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onTheme, readTheme } from '../design/theme.js';
import { AlarmMarks } from './alarm-mark-buttons.js';
import { type Shown, TREND_HEIGHT, trendOptions } from './trend-options.js';
import { trendColumns, trendSummary } from './trend.js';
import type { TimeRange } from './trend-view.js';

interface Props {
  history: HistoryResponse;
  /** What is looked at; what was read may still be another. */
  range: TimeRange;
  /** `of the last 15 min` */
  words: string;
  limits: AlarmLimits | null;
  moved: MovedHigh | null;
  onAlarms: (alarms: readonly AlarmEvent[]) => void;
}

/** Where the plot lies in its box, CSS px. */
interface PlotArea {
  left: number;
  width: number;
}

/** Heart rate with its interval as a band, limits as lines, alarms as marks, and the activity beneath. */
export function TrendChart({ history, range, words, limits, moved, onAlarms }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef<Shown>({ history, limits, moved, range });
  latest.current = { history, limits, moved, range };
  const theme = useSyncExternalStore(onTheme, readTheme);
  const columns = useMemo(() => trendColumns(history), [history]);
  const [area, setArea] = useState<PlotArea>({ left: 0, width: 0 });
  const { fromMs, toMs } = range;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = ({ bbox }: uPlot) =>
      setArea((old) => {
        const left = bbox.left / devicePixelRatio;
        const width = bbox.width / devicePixelRatio;
        return old.left === left && old.width === width ? old : { left, width };
      });
    const plot = new uPlot(
      trendOptions(element.clientWidth, () => latest.current, measure),
      [[], [], [], []],
      element,
    );
    chart.current = plot;
    const resize = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: TREND_HEIGHT }),
    );
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [theme]);

  useEffect(() => {
    const { atS, highBpm, lowBpm, bpm } = columns;
    chart.current?.setData([atS, highBpm, lowBpm, bpm]);
  }, [columns, limits, moved, theme, fromMs, toMs]);

  return (
    <>
      <AlarmMarks events={history.events} range={range} area={area} onAlarms={onAlarms} />
      <div ref={place} className="trend" role="img" aria-label={trendSummary(columns, words)} />
    </>
  );
}
