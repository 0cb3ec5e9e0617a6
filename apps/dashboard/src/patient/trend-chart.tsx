import type { AlarmLimits, HistoryResponse } from '@app/contracts';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colour, onTheme, readTheme } from '../design/theme.js';
import { activityColour } from './activity-colours.js';
import { activityStretches, extentBpm, isolated, trendColumns, trendSummary } from './trend.js';

interface Props {
  history: HistoryResponse;
  label: string;
  limits: AlarmLimits | null;
}

const HEIGHT = 232;
const BAND_HEIGHT = 14;
const AXIS_FONT = '12px Inter, "Segoe UI", "Liberation Sans", Arial, sans-serif';

/** Heart rate with its interval as a band, limits as lines, alarms as marks, and the activity beneath. */
export function TrendChart({ history, label, limits }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef({ history, limits });
  latest.current = { history, limits };
  const theme = useSyncExternalStore(onTheme, readTheme);
  const columns = useMemo(() => trendColumns(history), [history]);

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const plot = new uPlot(
      options(element.clientWidth, () => latest.current),
      [[], [], [], []],
      element,
    );
    chart.current = plot;
    const resize = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT }),
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
  }, [columns, limits, theme]);

  return <div ref={place} className="trend" role="img" aria-label={trendSummary(columns, label)} />;
}

type Latest = () => { history: HistoryResponse; limits: AlarmLimits | null };

function options(width: number, latest: Latest): uPlot.Options {
  const [accent, muted, line, number] = [
    colour('--accent'),
    colour('--muted'),
    colour('--line'),
    colour('--number'),
  ];
  const edge: uPlot.Series = { stroke: 'transparent', points: { show: false } };
  return {
    width,
    height: HEIGHT,
    padding: [10, 12, BAND_HEIGHT + 6, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: {
        time: true,
        range: () => {
          const { fromMs, toMs } = latest().history;
          return [fromMs / 1000, toMs / 1000];
        },
      },
      y: {
        range: (plot) => {
          const { limits } = latest();
          const drawn = [...(plot.data[1] ?? []), ...(plot.data[2] ?? [])].map((v) => v ?? null);
          return extentBpm([
            ...drawn,
            limits?.heartRateHighBpm ?? null,
            limits?.heartRateLowBpm ?? null,
          ]);
        },
      },
    },
    axes: [
      {
        stroke: muted,
        font: AXIS_FONT,
        size: 26,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
        values: (_, splits) => splits.map(clockTime),
      },
      {
        stroke: muted,
        font: AXIS_FONT,
        size: 44,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      edge,
      edge,
      {
        stroke: number,
        width: 2,
        spanGaps: false,
        points: { show: true, size: 4, fill: number, filter: (plot, i) => isolatedOf(plot, i) },
      },
    ],
    bands: [{ series: [1, 2], fill: `color-mix(in srgb, ${accent} 32%, transparent)` }],
    hooks: {
      draw: [
        (plot) => drawLimits(plot, latest().limits),
        (plot) => drawAlarms(plot, latest().history),
        (plot) => drawActivity(plot, latest().history),
      ],
    },
  };
}

function isolatedOf(plot: uPlot, series: number): number[] {
  return isolated([...(plot.data[series] ?? [])].map((value) => value ?? null));
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

function clockTime(atS: number): string {
  return CLOCK.format(atS * 1000);
}

function drawLimits(plot: uPlot, limits: AlarmLimits | null): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour('--muted');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 5 * devicePixelRatio]);
  for (const bpm of [limits?.heartRateLowBpm, limits?.heartRateHighBpm]) {
    if (bpm === undefined || bpm === null) continue;
    const y = plot.valToPos(bpm, 'y', true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

function drawAlarms(plot: uPlot, { events }: HistoryResponse): void {
  const { ctx, bbox } = plot;
  const size = 6 * devicePixelRatio;
  for (const { change, atMs, priority } of events) {
    if (change !== 'raised' || priority === 'info') continue;
    const x = plot.valToPos(atMs / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.save();
    ctx.fillStyle = colour(`--${priority}-ring`);
    ctx.beginPath();
    ctx.moveTo(x - size, bbox.top);
    ctx.lineTo(x + size, bbox.top);
    ctx.lineTo(x, bbox.top + 1.6 * size);
    ctx.fill();
    ctx.globalAlpha = 0.5;
    ctx.fillRect(x - devicePixelRatio / 2, bbox.top, devicePixelRatio, bbox.height);
    ctx.restore();
  }
}

function drawActivity(plot: uPlot, history: HistoryResponse): void {
  const { ctx, bbox } = plot;
  const height = BAND_HEIGHT * devicePixelRatio;
  const top = ctx.canvas.height - height - 2 * devicePixelRatio;
  const clamp = (x: number) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, x));
  ctx.save();
  ctx.fillStyle = colour('--zone');
  ctx.globalAlpha = 0.5;
  ctx.fillRect(bbox.left, top, bbox.width, height);
  ctx.globalAlpha = 1;
  for (const { activity, fromS, toS } of activityStretches(
    trendColumns(history),
    history.bucketMs,
  )) {
    const from = clamp(plot.valToPos(fromS, 'x', true));
    const to = clamp(plot.valToPos(toS, 'x', true));
    ctx.fillStyle = activityColour(activity);
    ctx.fillRect(from, top, Math.max(devicePixelRatio, to - from), height);
  }
  ctx.restore();
}
