import type { Fall } from '@app/contracts';
import { FALL_SCORES, fallScore } from '@app/vitals';
import type { Network } from './network.js';
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
  return fallsBy(
    { id: networks.idOf('fall'), ask: (lanes) => networks.ask('fall', lanes) },
    windows,
  );
}

/** The same by any network of the task. */
export async function fallsBy(
  network: Pick<Network, 'id' | 'ask'>,
  windows: readonly ReadyWindow[],
): Promise<{ fall: Fall | null }[]> {
  const impacts = windows.flatMap((ready, index) =>
    impactsOf(ready).map((impact) => ({ index, impact })),
  );
  const answers = await network.ask(
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
        model: network.id,
      },
    };
  }
  return falls;
}

/** The impacts of a window that a network is asked about. */
export function impactsOf({ window, impacts }: ReadyWindow): ReadyWindow['impacts'] {
  return isWornAtWrist(window) ? impacts : [];
}

function isWornAtWrist({ worn, position }: ReadyWindow['window']): boolean {
  return worn !== false && (position === 'wrist' || position === 'unspecified');
}
