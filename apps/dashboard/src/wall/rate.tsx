import type { ShownRate } from './tile-view.js';

/** The number with its interval in words, or an em dash with the reason. */
export function Rate({ rate }: { rate: ShownRate }) {
  if (rate.kind === 'none') {
    return (
      <div className="rate">
        <span className="rate-number" data-none="true" data-testid="bpm">
          —
        </span>
        <span className="rate-beside">
          <span className="rate-reason">{rate.reason}</span>
          <span className="unseen">, no heart rate</span>
        </span>
      </div>
    );
  }
  return (
    <div className="rate">
      <span className="rate-number" data-old={rate.old} data-testid="bpm">
        {rate.bpm}
      </span>
      <span className="rate-beside">
        <span>{rate.old ? 'BPM, old' : 'BPM'}</span>
        {rate.lowBpm === null || rate.highBpm === null ? null : (
          <span className="rate-interval" title="90 % interval">
            <span className="unseen">90 % interval </span>
            {rate.lowBpm}–{rate.highBpm}
          </span>
        )}
      </span>
    </div>
  );
}
