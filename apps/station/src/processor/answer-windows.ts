import type { VitalSigns } from '@app/contracts';
import type { WindowResult } from '@app/vitals';
import { fallsOf } from './falls-of.js';
import type { AnsweringParts } from './pipeline-parts.js';
import type { ReadyWindow } from './ready-window.js';

/**
 * Networks and belief for many patients' windows at once; results in the order of the windows, null where none is wanted.
 * A lane's second window needs the state that its first one leaves, so the windows go in rounds: first the first window of
 * every lane in one batch, then the second.
 */
export async function answerWindows(
  ready: readonly ReadyWindow[],
  { networks, clock, metrics, shadows, drift }: AnsweringParts,
): Promise<(VitalSigns | null)[]> {
  const results: (VitalSigns | null)[] = ready.map(() => null);
  for (const round of roundsOf(ready)) {
    const windows = round.map((index) => ready[index]!);
    for (const { lane, afterLongGap } of windows) if (afterLongGap) lane.forget();
    const heartRates = await networks.ask(
      'heartRate',
      windows.map(({ lane, window }) => ({
        input: window.heartRate?.features ?? null,
        state: window.heartRate?.restart === true ? null : lane.heartRateState,
      })),
    );
    const activities = await networks.ask(
      'activity',
      windows.map(({ lane, window }) => ({ input: window.activity, state: lane.activityState })),
    );
    const waists = await networks.ask(
      'activityWaist',
      windows.map(({ window }) => ({ input: window.waist?.features ?? null, state: null })),
    );
    const falls = await fallsOf(windows, networks);
    const models = {
      heartRate: networks.idOf('heartRate'),
      activity: networks.idOf('activity'),
      waist: networks.idOf('activityWaist'),
    };
    const live: (WindowResult | null)[] = [];
    const nowMs = clock.nowMs();
    for (const [i, one] of windows.entries()) {
      const { lane, window } = one;
      lane.heartRateState = heartRates[i]?.state ?? null;
      lane.activityState = activities[i]?.state ?? null;
      const outputs = {
        heartRateLogits: heartRates[i]?.logits ?? null,
        activityLogits: activities[i]?.logits ?? null,
        waistLogits: waists[i]?.logits ?? null,
      };
      try {
        const result = lane.belief.update(window, outputs, models);
        live[i] = result;
        if (one.isWanted) results[round[i]!] = vitalSigns(one, { ...result, ...falls[i] }, nowMs);
      } catch (error) {
        live[i] = null;
        lane.forget();
        metrics.failed(
          `${one.owner.device}, boot ${one.owner.bootId}, window ${window.window}`,
          error,
        );
      }
    }
    await shadows?.follow(windows, live, falls);
    drift?.watch(windows, live);
  }
  return results;
}

/** Indices of the windows: the k-th round holds the k-th window of each lane. */
function roundsOf(ready: readonly ReadyWindow[]): number[][] {
  const rounds: number[][] = [];
  const taken = new Map<ReadyWindow['lane'], number>();
  for (const [index, { lane }] of ready.entries()) {
    const round = taken.get(lane) ?? 0;
    taken.set(lane, round + 1);
    (rounds[round] ??= []).push(index);
  }
  return rounds;
}

function vitalSigns(
  { owner, laneName, window, endMs, clockErrorMs, receivedMs }: ReadyWindow,
  answers: Pick<VitalSigns, 'heartRate' | 'quality' | 'activity' | 'fall'>,
  nowMs: number,
): VitalSigns {
  return {
    patient: owner.patient,
    origin: owner.origin,
    device: owner.device,
    bootId: owner.bootId,
    window: window.window,
    lane: laneName,
    endMonotonicUs: window.endMonotonicUs,
    endMs: Math.round(endMs),
    latencyMs: Math.max(0, Math.round(nowMs - receivedMs)),
    ...answers,
    battery: window.battery,
    worn: window.worn,
    ...(clockErrorMs === null ? {} : { clockErrorMs }),
  };
}
