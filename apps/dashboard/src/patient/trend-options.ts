import type { AlarmLimits, HistoryResponse, MovedHigh } from '@app/contracts';
import type uPlot from 'uplot';
import { colour } from '../design/theme.js';
import {
  AXIS_FONT,
  BAND_HEIGHT,
  drawActivity,
  drawAlarms,
  drawLimits,
  drawUnread,
} from './draw-trend.js';
import { extentBpm, isolated } from './trend.js';
import type { TimeRange } from './trend-view.js';
import { axisTime } from './trend-words.js';

/** CSS px. */
export const TREND_HEIGHT = 232;

/** What the chart shows at the moment of a drawing. */
export interface Shown {
  history: HistoryResponse;
  limits: AlarmLimits | null;
  /** While an activity moves the upper one. */
  moved: MovedHigh | null;
  range: TimeRange;
}

/** @param measured told where the plot lies, after every drawing */
export function trendOptions(
  width: number,
  shown: () => Shown,
  measured: (plot: uPlot) => void,
): uPlot.Options {
  const [accent, muted, line, number] = [
    colour('--accent'),
    colour('--muted'),
    colour('--line'),
    colour('--number'),
  ];
  const edge: uPlot.Series = { stroke: 'transparent', points: { show: false } };
  const axis = { stroke: muted, font: AXIS_FONT, grid: { stroke: line, width: 1 } };
  return {
    width,
    height: TREND_HEIGHT,
    padding: [8, 30, BAND_HEIGHT + 6, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: {
        time: true,
        range: () => {
          const { fromMs, toMs } = shown().range;
          return [fromMs / 1000, toMs / 1000];
        },
      },
      y: { range: (plot) => extentBpm([...inSight(plot, shown()), ...ordinary(shown())]) },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 70,
        ticks: { show: false },
        values: (_, splits) => splits.map((atS) => axisTime(atS * 1000, shown().range)),
      },
      { ...axis, size: 44, ticks: { show: false } },
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
        measured,
        (plot) => drawLimits(plot, shown().limits, shown().moved),
        (plot) => drawAlarms(plot, shown().history),
        (plot) => drawActivity(plot, shown().history),
        (plot) => drawUnread(plot, shown().history, shown().range),
      ],
    },
  };
}

function ordinary({ limits, moved }: Shown): (number | null)[] {
  return [limits?.heartRateHighBpm ?? null, limits?.heartRateLowBpm ?? null, moved?.bpm ?? null];
}

/** Upper and lower bounds of the numbers that are in sight. */
function inSight({ data: [atS, highBpm, lowBpm] }: uPlot, { range }: Shown): (number | null)[] {
  const [fromS, toS] = [range.fromMs / 1000, range.toMs / 1000];
  return [...atS].flatMap((at, i) =>
    at < fromS || at > toS ? [] : [highBpm?.[i] ?? null, lowBpm?.[i] ?? null],
  );
}

function isolatedOf(plot: uPlot, series: number): number[] {
  return isolated([...(plot.data[series] ?? [])].map((value) => value ?? null));
}
