import type { AlarmEvent, SampleRange, WaveformResponse } from '@app/contracts';
import { type Gap, type Trace, WaveformBuffer } from '../waveform/waveform-buffer.js';

/** How much of an alarm's signal lies after its moment, µs: 15 s before and 5 s after, 10 and 10 around a fall. */
const AFTER_US = 5e6;
const AFTER_FALL_US = 10e6;
/** Smaller holes than this are the rounding of time stamps, s. */
const TOLERANCE_S = 0.05;

/** The signal around an alarm, as it is drawn. Times in s on the device's monotonic clock. */
export interface StoredSignal {
  traces: readonly Trace[];
  /** Where samples are missing, the ends of the range included. */
  gaps: readonly Gap[];
  fromS: number;
  toS: number;
  /** The moment that the alarm is about. */
  momentS: number;
  /** How much of the range has samples, s. */
  keptS: number;
}

/** @returns null when nothing of that range is kept */
export function storedSignal(
  { segments }: WaveformResponse,
  { rule }: Pick<AlarmEvent, 'rule'>,
  { bootId, fromMonotonicUs, toMonotonicUs }: SampleRange,
): StoredSignal | null {
  const [fromS, toS] = [fromMonotonicUs / 1e6, toMonotonicUs / 1e6];
  const buffer = new WaveformBuffer(toS - fromS + 10);
  // Whole frames, of which the first and the last may reach beyond the range.
  const own = segments
    .filter((segment) => segment.bootId === bootId && overlaps(segment, fromS, toS))
    .toSorted((a, b) => a.monotonicUs - b.monotonicUs);
  const first = own[0];
  for (const segment of own) buffer.push({ ...segment, dropped: 0 });
  if (first === undefined || buffer.endS === null) return null;
  const startS = first.monotonicUs / 1e6;
  const { endS } = buffer;
  const gaps = buffer.gaps
    .filter((gap) => gap.toS > fromS && gap.fromS < toS)
    .map((gap) => ({ ...gap, fromS: Math.max(fromS, gap.fromS), toS: Math.min(toS, gap.toS) }));
  if (startS > fromS + TOLERANCE_S) gaps.unshift({ fromS, toS: startS, skipped: false });
  if (endS < toS - TOLERANCE_S) gaps.push({ fromS: endS, toS, skipped: false });
  const missingS = gaps.reduce((sum, gap) => sum + gap.toS - gap.fromS, 0);
  const afterUs = rule === 'fall' ? AFTER_FALL_US : AFTER_US;
  const momentS = Math.max(fromS, (toMonotonicUs - afterUs) / 1e6);
  return { traces: buffer.traces, gaps, fromS, toS, momentS, keptS: toS - fromS - missingS };
}

function overlaps(
  { monotonicUs, traces }: WaveformResponse['segments'][number],
  fromS: number,
  toS: number,
): boolean {
  const startS = monotonicUs / 1e6;
  const lengthS = Math.max(0, ...traces.map((t) => t.values.length / t.sampleRateHz));
  return startS < toS && startS + lengthS > fromS;
}

/** The drawing in a sentence, for who does not see it. */
export function signalSummary({ fromS, toS, momentS, keptS, gaps }: StoredSignal): string {
  const missingS = toS - fromS - keptS;
  const whole = `Light and acceleration from ${seconds(momentS - fromS)} before to ${seconds(toS - momentS)} after the moment`;
  return missingS < 0.1
    ? `${whole}, without a gap.`
    : `${whole}; ${seconds(missingS)} missing in ${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}.`;
}

function seconds(s: number): string {
  return `${Math.round(s * 10) / 10} s`;
}
