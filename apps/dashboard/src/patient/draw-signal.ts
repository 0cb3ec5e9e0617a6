import { colour } from '../design/theme.js';
import { type Gap, type Trace, polylines } from './waveform-buffer.js';

/** Seconds of signal across the canvas. */
export const SHOWN_S = 10;

interface Lane {
  traces: readonly Trace[];
  top: number;
  height: number;
  /** First tone of its traces. */
  tone: number;
}

/** Light above, acceleration below, `atS` at the right edge. Missing samples stay empty and hatched, never bridged. */
export function drawSignal(
  canvas: HTMLCanvasElement,
  { traces, gaps }: { traces: readonly Trace[]; gaps: readonly Gap[] },
  atS: number | null,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = devicePixelRatio;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const split = Math.round(height * 0.58);
  const lanes: Lane[] = [
    {
      traces: traces.filter((t) => t.kind === 'ppg').slice(0, 1),
      top: 6,
      height: split - 16,
      tone: 1,
    },
    {
      traces: traces.filter((t) => t.kind === 'accelerometer'),
      top: split + 6,
      height: height - split - 12,
      tone: 2,
    },
  ];
  if (atS === null) return;
  const x = (s: number) => width * (1 + (s - atS) / SHOWN_S);
  drawSeconds(context, atS, width, height, x);
  for (const gap of gaps) drawGap(context, gap, height, x);
  for (const lane of lanes) drawLane(context, lane, atS, x);
}

function drawSeconds(
  context: CanvasRenderingContext2D,
  atS: number,
  width: number,
  height: number,
  x: (s: number) => number,
): void {
  context.strokeStyle = colour('--line');
  context.lineWidth = 1;
  context.beginPath();
  for (let s = Math.ceil(atS - SHOWN_S); s <= atS; s++) {
    const at = Math.round(x(s)) + 0.5;
    if (at < 0 || at > width) continue;
    context.moveTo(at, 0);
    context.lineTo(at, height);
  }
  context.stroke();
}

function drawGap(
  context: CanvasRenderingContext2D,
  { fromS, toS, skipped }: Gap,
  height: number,
  x: (s: number) => number,
): void {
  const [from, to] = [x(fromS), x(toS)];
  context.fillStyle = colour('--zone');
  context.globalAlpha = 0.5;
  context.fillRect(from, 0, to - from, height);
  context.globalAlpha = 1;
  context.fillStyle = colour('--muted');
  context.font = '12px Inter, "Segoe UI", "Liberation Sans", Arial, sans-serif';
  if (to - from > 60) context.fillText(skipped ? 'skipped' : 'missing', from + 6, 16);
}

function drawLane(
  context: CanvasRenderingContext2D,
  { traces, top, height, tone }: Lane,
  atS: number,
  x: (s: number) => number,
): void {
  const lines = traces.map(({ chunks }) => polylines(chunks, atS - SHOWN_S, atS));
  let [low, high] = [Infinity, -Infinity];
  for (const line of lines.flat()) {
    for (let i = 1; i < line.length; i += 2) {
      const value = line[i] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low <= high)) return;
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 1e-6, 1e-6);
  const y = (value: number) => top + height * (1 - (value - low + room) / (high - low + 2 * room));
  context.lineWidth = 1.6;
  context.lineJoin = 'round';
  lines.forEach((ofTrace, i) => {
    context.strokeStyle = colour(`--trace-${tone + i}`);
    context.beginPath();
    for (const line of ofTrace) {
      for (let k = 0; k < line.length; k += 2) {
        const [px, py] = [x(line[k] ?? 0), y(line[k + 1] ?? 0)];
        if (k === 0) context.moveTo(px, py);
        else context.lineTo(px, py);
      }
    }
    context.stroke();
  });
}
