import { describe, expect, it } from '@jest/globals';
import { BoundedTurns } from './bounded-turns.js';

describe('BoundedTurns', () => {
  it('runs in order, a few at once, and refuses what would wait beyond its bound', async () => {
    const turns = new BoundedTurns(2, 2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const task = (n: number) => () => {
      started.push(n);
      return new Promise<void>((resolve) => ends.push(resolve));
    };
    const runs = [0, 1, 2, 3].map((n) => turns.run(task(n)));
    await expect(turns.run(task(4))).rejects.toThrow('too many');
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await runs[1];
    expect(started).toEqual([0, 1, 2]);
    ends[0]?.();
    await runs[0];
    ends[2]?.();
    ends[3]?.();
    await Promise.all(runs);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('gives the turn on when a task fails', async () => {
    const turns = new BoundedTurns(1, 1);
    const failing = turns.run(() => Promise.reject(new Error('no')));
    const next = turns.run(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
