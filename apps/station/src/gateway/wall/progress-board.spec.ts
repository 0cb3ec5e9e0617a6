import { describe, expect, it } from '@jest/globals';
import { ProgressBoard } from './progress-board.js';
import { progressHealth } from './progress-health.js';

describe('ProgressBoard', () => {
  it('is as far as the slowest partition, and knows nothing before all have reported', () => {
    const board = new ProgressBoard(2);
    board.report(0, 5000);
    expect(board.oldestMs()).toBeNull();
    board.report(1, 3000);
    expect(board.oldestMs()).toBe(3000);
    board.report(1, 6000);
    expect(board.oldestMs()).toBe(5000);
  });

  it('goes back when the clock was set back, and ignores a partition that is none', () => {
    const board = new ProgressBoard(1);
    board.report(0, 5000);
    board.report(0, 4000);
    board.report(7, 1);
    expect(board.oldestMs()).toBe(4000);
  });
});

describe('progressHealth', () => {
  it.each([
    [null, false, 'The processor has not reported yet'],
    [9_000, true, 'The processor is 1 s behind the clock'],
    [5_001, true, 'The processor is 5 s behind the clock'],
    [5_000, false, 'The processor is 5 s behind'],
    [11_000, true, 'The processor is 0 s behind the clock'],
    [16_000, false, 'The processor has not reported since the clock was set back'],
  ])('last tick %s at 10 s: %s', (oldestMs, ok, message) => {
    expect(progressHealth('The processor', oldestMs, 10_000)).toEqual({ ok, message });
  });
});
