import type { Fall } from '@app/contracts';
import { FALL_SCORES, fallScore } from '@app/vitals';
import type { Networks } from './networks.js';
import type { ReadyWindow } from './ready-window.js';

/** More digits say nothing and fill the journal. */
const DIGITS = 1000;

/**
 * Which of the windows end with a suspected fall: the network's word on all their impacts, in one batch, in the order of the
 * windows. Of several impacts of a window the one with the highest score counts. A device that is off the body, or on it
 * elsewhere than at the wrist, does not report falls. An empty object when no network answers.
 */
export async function fallsOf(
  windows: readonly ReadyWindow[],
  networks: Networks,
): Promise<{ fall?: Fall | null }[]> {
  if (networks.faultOf('fall') !== null) return windows.map(() => ({}));
  const impacts = windows.flatMap(({ window, impacts: own }, index) =>
    isWornAtWrist(window) ? own.map((impact) => ({ index, impact })) : [],
  );
  const answers = await networks.ask(
    'fall',
    impacts.map(({ impact }) => ({ input: impact.input, state: null })),
  );
  const falls: { fall: Fall | null }[] = windows.map(() => ({ fall: null }));
  for (const [i, { index, impact }] of impacts.entries()) {
    const score = Math.round(fallScore(answers[i]?.logits?.[0] ?? NaN) * DIGITS) / DIGITS;
    if (!(score >= FALL_SCORES.suspected) || score <= (falls[index]!.fall?.score ?? 0)) continue;
    falls[index] = {
      fall: {
        score,
        stillSeconds: impact.stillSeconds,
        atMonotonicUs: impact.impactMonotonicUs,
        model: networks.idOf('fall'),
      },
    };
  }
  return falls;
}

function isWornAtWrist({ worn, position }: ReadyWindow['window']): boolean {
  return worn !== false && (position === 'wrist' || position === 'unspecified');
}
