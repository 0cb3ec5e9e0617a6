import type { BandMeaning, ExplainedSignal, HidablePart } from '@app/contracts';
import { GRID_RATE_HZ, WINDOW_SAMPLES } from '../window-grid.js';

const WINDOW_SECONDS = WINDOW_SAMPLES / GRID_RATE_HZ;
const SLICE_SECONDS = 1;
/** To both sides of a band's centre, per minute: a line of an 8 s Hann window falls to half its height within 7.5. */
const BAND_REACH = 8;
/** Centres of bands that the planes can see: the lowest rate, and twice the highest. */
const LOWEST_CENTRE = 30;
const HIGHEST_CENTRE = 440;

/** What a window can be asked about: 16 slices, or 8 without movement, and up to 11 other parts. */
export function hidableParts(
  answeredBpm: number,
  cadencePerMinute: number | null,
  hasMovement: boolean,
): HidablePart[] {
  const signals: ExplainedSignal[] = hasMovement ? ['light', 'acceleration'] : ['light'];
  return [
    ...signals.flatMap((signal) => [
      ...slicesOf(signal),
      ...bandsOf(signal, answeredBpm, cadencePerMinute),
    ]),
    ...(hasMovement ? [{ kind: 'movement' } as const] : []),
    { kind: 'earlier-windows' },
  ];
}

function slicesOf(signal: ExplainedSignal): HidablePart[] {
  return Array.from({ length: WINDOW_SECONDS / SLICE_SECONDS }, (_, i) => ({
    kind: 'slice',
    signal,
    fromS: i * SLICE_SECONDS,
    toS: (i + 1) * SLICE_SECONDS,
  }));
}

/** Bands around pulse and cadence and what belongs to them; those that nearly coincide are one. */
function bandsOf(
  signal: ExplainedSignal,
  answeredBpm: number,
  cadence: number | null,
): HidablePart[] {
  const wanted: [BandMeaning, number][] = [
    ['pulse', answeredBpm],
    ['twice-pulse', 2 * answeredBpm],
    ...(cadence === null
      ? []
      : ([
          ['cadence', cadence],
          ['twice-cadence', 2 * cadence],
          ['half-cadence', cadence / 2],
        ] as [BandMeaning, number][])),
  ];
  const bands: (HidablePart & { kind: 'band' })[] = [];
  for (const [meaning, centre] of wanted) {
    if (centre < LOWEST_CENTRE || centre > HIGHEST_CENTRE) continue;
    const same = bands.find((band) => Math.abs(band.centrePerMinute - centre) <= BAND_REACH);
    if (same === undefined) bands.push(bandAround(signal, centre, [meaning]));
    else same.around.push(meaning);
  }
  return bands;
}

export function bandAround(
  signal: ExplainedSignal,
  centre: number,
  around: BandMeaning[],
): HidablePart & { kind: 'band' } {
  const centrePerMinute = Math.round(centre);
  return {
    kind: 'band',
    signal,
    fromPerMinute: centrePerMinute - BAND_REACH,
    toPerMinute: centrePerMinute + BAND_REACH,
    centrePerMinute,
    around,
  };
}
