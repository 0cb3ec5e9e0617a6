import type { ExplainedSignal, HidablePart } from '@app/contracts';
import type { WindowSignals } from '../feature-planes.js';
import { GRID_RATE_HZ } from '../window-grid.js';
import { withoutBand } from './without-band.js';

/** The two ends of a hidden slice fade over this many samples, so that hiding makes no clicks of its own. */
const FADE_SAMPLES = 4;

type HiddenSignal = Exclude<HidablePart, { kind: 'earlier-windows' }>;

/** The window's signals without one part. Slices and bands are taken out of every light channel, or every axis. */
export function hidePart(signals: WindowSignals, part: HiddenSignal): WindowSignals {
  switch (part.kind) {
    case 'movement':
      return { ...signals, motionBand: [], motionHigh: [] };
    case 'slice':
      return mapped(signals, part.signal, (samples) => withoutSlice(samples, part.fromS, part.toS));
    case 'band': {
      const [fromHz, toHz] = [part.fromPerMinute / 60, part.toPerMinute / 60];
      return mapped(signals, part.signal, (samples) =>
        withoutBand(samples, fromHz, toHz, GRID_RATE_HZ),
      );
    }
  }
}

function mapped(
  signals: WindowSignals,
  signal: ExplainedSignal,
  change: (samples: Float64Array) => Float64Array,
): WindowSignals {
  const all = (rows: readonly Float64Array[]) => rows.map(change);
  return signal === 'light'
    ? { ...signals, lightBand: all(signals.lightBand), lightHigh: all(signals.lightHigh) }
    : { ...signals, motionBand: all(signals.motionBand), motionHigh: all(signals.motionHigh) };
}

/** Zero between two times, s from the start: the samples are filtered, so zero is what carries no information. */
function withoutSlice(samples: Float64Array, fromS: number, toS: number): Float64Array {
  const [from, to] = [fromS * GRID_RATE_HZ, toS * GRID_RATE_HZ];
  return samples.map((value, i) => {
    const outside = Math.max(from - i, i - to);
    return value * Math.min(1, Math.max(0, 0.5 + outside / FADE_SAMPLES));
  });
}
