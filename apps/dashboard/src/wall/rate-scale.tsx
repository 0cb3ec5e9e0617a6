import type { AlarmLimits, MovedHigh } from '@app/contracts';
import { limitMarks } from './limit-marks.js';
import type { ShownRate } from './tile-view.js';

const FROM_BPM = 30;
const TO_BPM = 200;

function percent(bpm: number): string {
  const share = (Math.min(TO_BPM, Math.max(FROM_BPM, bpm)) - FROM_BPM) / (TO_BPM - FROM_BPM);
  return `${(share * 100).toFixed(2)}%`;
}

/** The 90 % interval as a shape between the limits, on one scale for every patient of the wall. */
export function RateScale({
  rate,
  limits,
  moved,
}: {
  rate: ShownRate;
  limits: AlarmLimits | null;
  moved: MovedHigh | null;
}) {
  const low = limits?.heartRateLowBpm ?? null;
  const high = limits === null ? null : (moved?.bpm ?? limits.heartRateHighBpm);
  const right = (bpm: number) => `calc(100% - ${percent(bpm)})`;
  return (
    <div className="scale" data-old={rate.kind === 'number' && rate.old} aria-hidden="true">
      <div className="scale-track" />
      <div
        className="scale-zone"
        style={{ left: percent(low ?? FROM_BPM), right: right(high ?? TO_BPM) }}
      />
      {limitMarks(limits, moved).map(({ bpm, kind, label }) => (
        <div key={bpm} className="scale-limit" data-kind={kind} style={{ left: percent(bpm) }}>
          {label === '' ? null : <span>{label}</span>}
        </div>
      ))}
      {rate.kind === 'number' ? (
        <>
          {rate.lowBpm !== null && rate.highBpm !== null ? (
            <div
              className="scale-interval"
              style={{ left: percent(rate.lowBpm), right: right(rate.highBpm) }}
            />
          ) : null}
          <div className="scale-value" style={{ left: percent(rate.bpm) }} />
        </>
      ) : null}
    </div>
  );
}
