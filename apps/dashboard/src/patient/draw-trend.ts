import type { AlarmLimits, HistoryResponse, MovedHigh } from '@app/contracts';
import type uPlot from 'uplot';
import { colour } from '../design/theme.js';
import { activityColour } from './activity-colours.js';
import { isCall } from './alarm-marks.js';
import { activityStretches, trendColumns } from './trend.js';
import type { TimeRange } from './trend-view.js';

export const AXIS_FONT = '12px Inter, "Segoe UI", "Liberation Sans", Arial, sans-serif';
/** Of the activity beneath the chart, CSS px. */
export const BAND_HEIGHT = 14;

/**
 * Limits as they are now: ordinary ones dashed, extreme ones dotted where they are in sight. What an activity has put in place of the
 * upper one is a line without a break, with its reason; the ordinary one, not in force, is faint.
 */
export function drawLimits(plot: uPlot, limits: AlarmLimits | null, moved: MovedHigh | null): void {
  if (limits === null) return;
  drawLimit(plot, limits.heartRateLowBpm, [6, 5]);
  if (moved === null) drawLimit(plot, limits.heartRateHighBpm, [6, 5]);
  else {
    drawLimit(plot, limits.heartRateHighBpm, [2, 8], 'not in force');
    drawLimit(plot, moved.bpm, [], moved.because);
  }
  drawLimit(plot, limits.heartRateExtremeLowBpm, [2, 4]);
  drawLimit(plot, limits.heartRateExtremeHighBpm, [2, 4]);
}

function drawLimit(plot: uPlot, bpm: number | null, dash: readonly number[], why = ''): void {
  const { ctx, bbox } = plot;
  const { min, max } = plot.scales['y'] ?? {};
  if (bpm === null || bpm < (min ?? Infinity) || bpm > (max ?? -Infinity)) return;
  const y = plot.valToPos(bpm, 'y', true);
  ctx.save();
  ctx.strokeStyle = colour('--muted');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${12 * devicePixelRatio}px ${AXIS_FONT.slice(5)}`;
  // At the old end, above its line unless the chart ends there: what is new stays readable.
  ctx.textAlign = 'left';
  const above = y - bbox.top > 18 * devicePixelRatio;
  ctx.textBaseline = above ? 'bottom' : 'top';
  ctx.fillStyle = colour('--muted');
  const away = (above ? -2 : 3) * devicePixelRatio;
  ctx.fillText(`${bpm} ${why}`.trimEnd(), bbox.left + 4 * devicePixelRatio, y + away);
  ctx.restore();
}

/** A line down from each mark that stands above the chart. */
export function drawAlarms(plot: uPlot, { events }: HistoryResponse): void {
  const { ctx, bbox } = plot;
  for (const event of events) {
    if (!isCall(event)) continue;
    const x = plot.valToPos(event.atMs / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.save();
    ctx.fillStyle = colour(`--${event.priority}-ring` as `--${string}`);
    ctx.globalAlpha = 0.6;
    ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
    ctx.restore();
  }
}

export function drawActivity(plot: uPlot, history: HistoryResponse): void {
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
    if (to <= from) continue;
    ctx.fillStyle = activityColour(activity);
    ctx.fillRect(from, top, Math.max(devicePixelRatio, to - from), height);
  }
  ctx.restore();
}

/** Buckets at the edges that may lack in a moment without being worth a word. */
const SLACK_BUCKETS = 3;

/** What is in sight and not read yet is no gap: it is drawn as the unknown that it is. */
export function drawUnread(plot: uPlot, history: HistoryResponse, shown: TimeRange): void {
  const slackMs = SLACK_BUCKETS * history.bucketMs;
  if (history.fromMs - shown.fromMs > slackMs) shade(plot, shown.fromMs, history.fromMs);
  if (shown.toMs - history.toMs > slackMs) shade(plot, history.toMs, shown.toMs);
}

function shade(plot: uPlot, fromMs: number, toMs: number): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const from = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true));
  const to = Math.min(right, plot.valToPos(toMs / 1000, 'x', true));
  if (to <= from) return;
  ctx.save();
  ctx.fillStyle = colour('--zone');
  ctx.globalAlpha = 0.6;
  ctx.fillRect(from, bbox.top, to - from, bbox.height);
  ctx.restore();
}
