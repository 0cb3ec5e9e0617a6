import { describe, expect, it } from '@jest/globals';
import { HEART_RATE_FEATURES } from '@app/vitals';
import { resolve } from 'node:path';
import { Networks } from './networks.js';

const notFinite: string[] = [];
const networks = await Networks.load(resolve('models'), {}, (task) => notFinite.push(task));

/** Features of a row; `seed` makes rows differ. */
function features(seed: number): Float32Array {
  return Float32Array.from({ length: HEART_RATE_FEATURES }, (_, i) => Math.abs(Math.sin(i * seed)));
}

describe('a recurrent network', () => {
  it('gives a lane the same answer alone and beside others', async () => {
    const [alone] = await networks.ask('heartRate', [{ input: features(1), state: null }]);
    const rows = [5, 1, 7, 3].map((seed) => ({ input: features(seed), state: null }));
    const beside = await networks.ask('heartRate', rows);
    expect(beside[1]).toEqual(alone);
    expect(beside[0]).not.toEqual(alone);
  });

  it('remembers, keeps a lane without input as it was, and starts anew after another model', async () => {
    const [first] = await networks.ask('heartRate', [{ input: features(1), state: null }]);
    const state = first!.state;
    const [again, idle, foreign] = await networks.ask('heartRate', [
      { input: features(1), state },
      { input: null, state },
      { input: features(1), state: state && { ...state, model: 'other/1.0.0' } },
    ]);
    expect(again!.logits).not.toEqual(first!.logits);
    expect(idle).toEqual({ logits: null, state });
    expect(foreign).toEqual(first);
  });

  it('does not let a row that is not a number into its state, nor into the rows beside it', async () => {
    const broken = features(2).fill(NaN, 10, 20);
    const [whole] = await networks.ask('heartRate', [{ input: features(1), state: null }]);
    const [bad, good] = await networks.ask('heartRate', [
      { input: broken, state: whole!.state },
      { input: features(1), state: null },
    ]);
    expect(bad).toEqual({ logits: null, state: null });
    expect(good).toEqual(whole);
    expect(notFinite).toEqual(['heartRate']);
  });
});
