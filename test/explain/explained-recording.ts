import type {
  ExplainedPart,
  ExplainedSignal,
  HeartRateExplanation,
  HidablePart,
} from '@app/contracts';
import type { Frame } from '@app/contracts';
import type { OnnxModel } from '@app/inference';
import { PatientBelief, SignalLane, WindowExplanation, bandAround } from '@app/vitals';
import { Network, type NetworkState } from '../../apps/station/src/processor/network.js';

export interface ExplainedWindow {
  window: number;
  explanation: HeartRateExplanation;
  /** A part of the same size as those that are ranked, at a random place. */
  random: ExplainedPart;
}

/** Explains every `every`-th window of a recording, from the tenth on, on the way through it as it is served. */
export async function explainRecording(
  frames: readonly Frame[],
  model: OnnxModel,
  every: number,
  random: () => number,
): Promise<ExplainedWindow[]> {
  const network = new Network(model, () => {
    throw new Error('the network gave numbers that are not finite');
  });
  const models = { heartRate: model.id, activity: { name: 'none', version: '1.0.0' } };
  const [lane, belief] = [new SignalLane(), new PatientBelief()];
  const explained: ExplainedWindow[] = [];
  let state: NetworkState | null = null;
  for (const window of frames.flatMap((frame) => lane.push(frame))) {
    const { heartRate } = window;
    const before = belief.save();
    const [answer] = await network.ask([{ input: heartRate?.features ?? null, state }]);
    const logits = answer?.logits ?? null;
    if (
      heartRate !== null &&
      logits !== null &&
      window.window >= 10 &&
      window.window % every === 0
    ) {
      const why = new WindowExplanation(
        { window, heartRate, before, models, stepsPerMinute: null },
        logits,
      );
      const stateBefore = state;
      const ask = async (parts?: readonly HidablePart[]) => {
        const questions = why.questions(parts).map(({ features, withoutState }) => ({
          input: features,
          state: withoutState ? null : stateBefore,
        }));
        return (await network.ask(questions)).map((one) => one.logits);
      };
      const part = randomPart(heartRate.signals.motionHigh.length > 0, random);
      const [effect] = why.effects([part], await ask([part]));
      explained.push({
        window: window.window,
        explanation: why.conclude(await ask()),
        random: effect!,
      });
    }
    state = answer?.state ?? null;
    belief.update(window, { heartRateLogits: logits, activityLogits: null }, models);
  }
  return explained;
}

/** One second of one signal, or a band of one signal, anywhere. */
function randomPart(hasMovement: boolean, random: () => number): HidablePart {
  const signal: ExplainedSignal = hasMovement && random() < 0.5 ? 'acceleration' : 'light';
  if (random() < 0.5) return bandAround(signal, 30 + 190 * random(), ['other']);
  const fromS = 7 * random();
  return { kind: 'slice', signal, fromS, toS: fromS + 1 };
}
