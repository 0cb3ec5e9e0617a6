import type { Journal } from '@app/journal';
import { type Question, WindowExplanation, answerWithoutNetwork } from '@app/vitals';
import type { NetworkState } from '../processor/network.js';
import type { Networks } from '../processor/networks.js';
import type { AnsweringParts } from '../processor/pipeline-parts.js';
import type { Explained, WindowAddress } from './explainer-messages.js';
import { recomputeWindow } from './recompute-window.js';

/** Computes a window again from the journal, then asks the network about it with parts of it hidden. */
export async function explainWindow(
  address: WindowAddress,
  journal: Pick<Journal, 'partitions' | 'offsetAt' | 'read'>,
  parts: AnsweringParts,
): Promise<Explained> {
  const startMs = parts.clock.nowMs();
  const found = await recomputeWindow(address, journal, parts);
  if (found === null) return { outcome: 'no-samples' };
  const { networks } = parts;
  const { lane, window, afterLongGap } = found.ready;
  if (afterLongGap) lane.forget();
  const before = lane.belief.save();
  const state = lane.heartRateState;
  const models = { heartRate: networks.idOf('heartRate'), activity: networks.idOf('activity') };
  const { heartRate } = window;
  const whole = heartRate && { features: heartRate.features, withoutState: false };
  const [logits = null] = whole === null ? [] : await ask([whole], state, networks);
  const [activity] = await networks.ask('activity', [
    { input: window.activity, state: lane.activityState },
  ]);
  const result = lane.belief.update(
    window,
    { heartRateLogits: logits, activityLogits: activity?.logits ?? null },
    models,
  );
  const explained = {
    outcome: 'explained',
    recomputed: result.heartRate,
    model: models.heartRate,
    replayedWindows: found.replayedWindows,
  } as const;
  if (heartRate === null || logits === null)
    return { ...explained, explanation: null, tookMs: parts.clock.nowMs() - startMs };
  const why = new WindowExplanation(
    {
      window,
      heartRate,
      before,
      models,
      stepsPerMinute: result.activity.cadencePerMinute,
    },
    logits,
  );
  const explanation = why.conclude(await ask(why.questions(), state, networks));
  return { ...explained, explanation, tookMs: parts.clock.nowMs() - startMs };
}

/** Logits in the order of the questions: the network's, or the spectral evidence when there is none. */
async function ask(
  questions: readonly Question[],
  state: NetworkState | null,
  networks: Networks,
): Promise<(Float32Array | null)[]> {
  if (networks.faultOf('heartRate') !== null) return questions.map(answerWithoutNetwork);
  const answers = await networks.ask(
    'heartRate',
    questions.map(({ features, withoutState }) => ({
      input: features,
      state: withoutState ? null : state,
    })),
  );
  return answers.map(({ logits }) => logits);
}
