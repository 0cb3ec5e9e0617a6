import { colour } from '../design/theme.js';
import { fitted } from './canvas-size.js';
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

/** How a trace is cut and marked; the running one has neither an end nor a moment. */
export interface SignalCut {
  /** Seconds across the canvas. */
  shownS: number;
  /** A moment to mark, device's time, s. */
  momentS: number | null;
  /** Where there is no room for more. */
  lightOnly?: boolean;
}

const RUNNING: SignalCut = { shownS: SHOWN_S, momentS: null };
const FONT = '12px Inter, "Segoe UI", "Liberation Sans", Arial, sans-serif';

/** Light above, acceleration below, `atS` at the right edge. Missing samples stay empty and hatched, never bridged. */
export function drawSignal(
  canvas: HTMLCanvasElement,
  { traces, gaps }: { traces: readonly Trace[]; gaps: readonly Gap[] },
  atS: number | null,
  { shownS, momentS, lightOnly = false }: SignalCut = RUNNING,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { width, height } = fitted(canvas);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (atS === null) return;
  const fromS = atS - shownS;
  const x = (s: number) => (width * (s - fromS)) / shownS;
  // Of the running trace whole seconds of the device pass by; of a cut one they are counted from its moment.
  drawSeconds(context, secondsIn(fromS, atS, momentS ?? 0), height, x);
  for (const gap of gaps) drawGap(context, gap, width, height, x);
  for (const lane of lanesOf(traces, height, lightOnly)) drawLane(context, lane, fromS, atS, x);
  if (momentS !== null) drawMoment(context, x(momentS), height);
}

function lanesOf(traces: readonly Trace[], height: number, lightOnly: boolean): Lane[] {
  const light = traces.filter((t) => t.kind === 'ppg').slice(0, 1);
  if (lightOnly) return [{ traces: light, top: 3, height: height - 6, tone: 1 }];
  const split = Math.round(height * 0.58);
  const motion = traces.filter((t) => t.kind === 'accelerometer');
  return [
    { traces: light, top: 6, height: split - 16, tone: 1 },
    { traces: motion, top: split + 6, height: height - split - 12, tone: 2 },
  ];
}

function secondsIn(fromS: number, toS: number, zeroS: number): number[] {
  const first = Math.ceil(fromS - zeroS);
  const last = Math.floor(toS - zeroS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => zeroS + first + i);
}

function drawSeconds(
  context: CanvasRenderingContext2D,
  seconds: readonly number[],
  height: number,
  x: (s: number) => number,
): void {
  context.strokeStyle = colour('--line');
  context.lineWidth = 1;
  context.beginPath();
  for (const s of seconds) {
    const at = Math.round(x(s)) + 0.5;
    context.moveTo(at, 0);
    context.lineTo(at, height);
  }
  context.stroke();
}

/** Between two hatch lines, CSS px. */
const HATCH_PX = 9;

/** Hatched like `///` where samples are missing, like `\\\` where only this screen did not get them. */
function drawGap(
  context: CanvasRenderingContext2D,
  { fromS, toS, skipped }: Gap,
  across: number,
  height: number,
  x: (s: number) => number,
): void {
  const from = Math.max(0, x(fromS));
  const width = Math.min(across, x(toS)) - from;
  if (width <= 0) return;
  context.save();
  context.beginPath();
  context.rect(from, 0, width, height);
  context.clip();
  context.fillStyle = colour('--zone');
  context.globalAlpha = 0.5;
  context.fillRect(from, 0, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = colour('--line-strong');
  context.lineWidth = 1;
  context.beginPath();
  for (let at = from - height; at < from + width + height; at += HATCH_PX) {
    context.moveTo(at, skipped ? 0 : height);
    context.lineTo(at + height, skipped ? height : 0);
  }
  context.stroke();
  const words = skipped ? 'dropped' : 'missing';
  context.font = FONT;
  const wordsWidth = context.measureText(words).width;
  if (width > wordsWidth + 8) {
    context.fillStyle = colour('--panel');
    context.fillRect(from + 2, 3, wordsWidth + 6, 17);
    context.fillStyle = colour('--text');
    context.fillText(words, from + 5, 16);
  }
  context.restore();
}

function drawMoment(context: CanvasRenderingContext2D, at: number, height: number): void {
  context.strokeStyle = colour('--number');
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.beginPath();
  context.moveTo(at, 0);
  context.lineTo(at, height);
  context.stroke();
  context.setLineDash([]);
}

function drawLane(
  context: CanvasRenderingContext2D,
  { traces, top, height, tone }: Lane,
  fromS: number,
  atS: number,
  x: (s: number) => number,
): void {
  const lines = traces.map(({ chunks }) => polylines(chunks, fromS, atS));
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
