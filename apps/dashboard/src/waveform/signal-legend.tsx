import type { WaveformTrace } from '@app/contracts';

/** Which line is what. */
export function SignalLegend({
  traces,
}: {
  traces: readonly Pick<WaveformTrace, 'kind' | 'label'>[];
}) {
  const light = traces.find(({ kind }) => kind === 'ppg');
  const axes = traces.filter(({ kind }) => kind === 'accelerometer');
  return (
    <div className="legend">
      {traces.length === 0 ? <span>Waiting for samples</span> : null}
      {light === undefined ? null : (
        <span>
          <i className="swatch" data-tone="1" />
          Light {light.label}
        </span>
      )}
      {axes.map(({ label }, i) => (
        <span key={label}>
          <i className="swatch" data-tone={i + 2} />
          Acceleration {label}
        </span>
      ))}
    </div>
  );
}
