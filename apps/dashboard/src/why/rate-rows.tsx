import type { HeartRateExplanation } from '@app/contracts';

interface Row {
  label: string;
  values: readonly number[];
  tone: string;
}

const WIDTH = 190;
const HEIGHT = 40;
const TICKS = [60, 90, 120, 150, 180, 210];

/** Spectra and probabilities above one another, over the same rates; the pulse and the rhythm of movement run through all. */
export function RateRows({ why, words }: { why: HeartRateExplanation; words: string }) {
  const { bins, result, cadence } = why;
  const [first = 0, last = 1] = [bins[0], bins.at(-1)];
  const percent = (rate: number) => `${((100 * (rate - first)) / (last - first)).toFixed(2)}%`;
  const isInside = (rate: number) => rate >= first && rate <= last;
  const rhythm = cadence !== null && isInside(cadence.perMinute) ? cadence.perMinute : null;
  return (
    <figure className="rate-rows">
      <div className="rate-rows-plot" role="img" aria-label={words}>
        {rowsOf(why).map(({ label, values, tone }) => (
          <div className="rate-row" key={label} data-tone={tone}>
            <span className="rate-row-label">{label}</span>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <path className="rate-area" d={area(values)} />
            </svg>
          </div>
        ))}
        <div className="rate-marks" aria-hidden="true">
          {rhythm === null ? null : (
            <i className="rate-mark" data-mark="rhythm" style={{ left: percent(rhythm) }} />
          )}
          <i className="rate-mark" data-mark="pulse" style={{ left: percent(result.bpm) }} />
        </div>
      </div>
      <div className="rate-axis" aria-hidden="true">
        {TICKS.filter(isInside).map((tick) => (
          <span key={tick} style={{ left: percent(tick) }}>
            {tick}
          </span>
        ))}
      </div>
      <figcaption className="legend">
        <span>
          <i className="rate-key" data-mark="pulse" />
          Pulse {Math.round(result.bpm)} BPM
        </span>
        {rhythm === null ? null : (
          <span>
            <i className="rate-key" data-mark="rhythm" />
            {cadence?.from === 'steps' ? 'Steps' : 'Rhythm of movement'} {Math.round(rhythm)} a
            minute
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function rowsOf({ spectra, cadence, prior, network, result }: HeartRateExplanation): Row[] {
  const movement = cadence === null ? 'Movement, no clear rhythm' : 'Movement';
  return [
    { label: 'Light', values: spectra.light, tone: 'light' },
    { label: 'Light, movement taken out', values: spectra.residual, tone: 'light' },
    ...(spectra.acceleration === null
      ? []
      : [{ label: movement, values: spectra.acceleration, tone: 'movement' }]),
    { label: 'Expected before', values: prior.probabilities, tone: 'belief' },
    { label: 'These 8 s alone', values: network.probabilities, tone: 'belief' },
    { label: 'Together', values: result.probabilities, tone: 'result' },
  ];
}

/** A filled curve that stands on the row’s bottom and reaches its top. */
function area(values: readonly number[]): string {
  const top = Math.max(1e-9, ...values);
  const step = WIDTH / (values.length - 1);
  const points = values.map(
    (value, i) => `${(i * step).toFixed(1)} ${(HEIGHT - (value / top) * (HEIGHT - 2)).toFixed(1)}`,
  );
  return `M0 ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z`;
}
