import type { CanaryWords } from '../station/canary-words.js';

/** How far the whole way from a wearable to this screen is proven. Nothing where the station has no canary. */
export function WallFoot({ canary }: { canary: CanaryWords | null }) {
  if (canary === null) return null;
  return (
    <p
      className="wall-foot"
      data-missing={canary.missing}
      title="A wearable of the station itself: its signal comes the whole way to this screen once a minute"
    >
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
