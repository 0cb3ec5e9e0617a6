import type { CanaryWords } from '../station/canary-words.js';
import { OPEN_SIGNALS_MAX } from './open-signals.js';

interface Props {
  /** Null where the station has no canary. */
  canary: CanaryWords | null;
  /** Whose running signal had to make room for another, in the words of the wall. */
  closed: string | null;
}

/** What the wall says of itself, at a place that is always there: no tile moves for it. */
export function WallFoot({ canary, closed }: Props) {
  return (
    <div className="wall-foot" data-missing={canary?.missing ?? false}>
      <p role="status">
        {closed === null
          ? null
          : `At most ${OPEN_SIGNALS_MAX} signals run at once: that of ${closed} was closed.`}
      </p>
      {canary === null ? null : <Canary canary={canary} />}
    </div>
  );
}

/** How far the whole way from a wearable to this screen is proven. */
function Canary({ canary }: { canary: CanaryWords }) {
  return (
    <p title="The canary, a wearable of the station itself: its signal comes the whole way to this screen once a minute">
      {canary.missing ? (
        <>
          <strong>{canary.text}.</strong> Alarms may not reach this screen.
        </>
      ) : (
        canary.text
      )}
    </p>
  );
}
