import type { Journal } from '@app/journal';
import {
  type Question,
  SPECTRAL_MODEL,
  WindowExplanation,
  answerWithoutNetwork,
} from '@app/vitals';
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
  const ask = (questions: readonly Question[]) => askNetwork(questions, state, networks);
  const logits = heartRate && (await ask([{ ...heartRate, withoutState: false }]))[0]!;
  const [activity] = await networks.ask('activity', [
    { input: window.activity, state: lane.activityState },
  ]);
  const result = lane.belief.update(
    window,
    { heartRateLogits: logits, activityLogits: activity?.logits ?? null },
    models,
  );
  // The spectral estimator also answers for a network that has no say in this window: then it is what is explained.
  const answering = result.heartRate.model;
  const isNetwork = answering.name !== SPECTRAL_MODEL.name;
  const said = isNetwork ? logits : (heartRate?.second.logLikelihood ?? null);
  const explained = {
    outcome: 'explained',
    recomputed: result.heartRate,
    model: answering,
    replayedWindows: found.replayedWindows,
  } as const;
  if (heartRate === null || said === null)
    return { ...explained, explanation: null, tookMs: parts.clock.nowMs() - startMs };
  const why = new WindowExplanation(
    {
      window,
      heartRate,
      before,
      models: { ...models, heartRate: answering },
      stepsPerMinute: result.activity.cadencePerMinute,
    },
    said,
  );
  const questions = why.questions();
  const answers = isNetwork ? await ask(questions) : questions.map(answerWithoutNetwork);
  const explanation = why.conclude(answers);
  return { ...explained, explanation, tookMs: parts.clock.nowMs() - startMs };
}

/** Logits in the order of the questions; null where the network has none to give. */
async function askNetwork(
  questions: readonly Question[],
  state: NetworkState | null,
  networks: Networks,
): Promise<(Float32Array | null)[]> {
  const answers = await networks.ask(
    'heartRate',
    questions.map(({ features, withoutState }) => ({
      input: features,
      state: withoutState ? null : state,
    })),
  );
  return answers.map(({ logits }) => logits);
}
