import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { topicAllowance } from './allowance.js';
import { PacedQueue } from './paced-queue.js';

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

const clock = { nowMs: () => Date.now() };
const rate = { messagesPerSecond: 2, messageBurst: 2, bytesPerSecond: 1000, byteBurst: 1000 };

describe('PacedQueue', () => {
  it('runs what the allowance covers at once, and the rest late and in order', () => {
    const queue = new PacedQueue(topicAllowance(rate, 0), clock);
    const ran: [number, number][] = [];
    for (let i = 0; i < 5; i++) queue.enter(10, (waitedMs) => ran.push([i, waitedMs]));
    expect(ran).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(queue.length).toBe(3);
    jest.advanceTimersByTime(499);
    expect(ran).toHaveLength(2);
    jest.advanceTimersByTime(1001);
    expect(ran.slice(2)).toEqual([
      [2, 500],
      [3, 1000],
      [4, 1500],
    ]);
    expect(queue.length).toBe(0);
  });

  it('counts bytes as well as messages', () => {
    const queue = new PacedQueue(topicAllowance(rate, 0), clock);
    const ran: number[] = [];
    queue.enter(900, (waitedMs) => ran.push(waitedMs));
    queue.enter(900, (waitedMs) => ran.push(waitedMs));
    jest.advanceTimersByTime(2000);
    expect(ran).toEqual([0, 800]);
  });

  it('shares the allowance of a device between its connections', () => {
    const allowance = topicAllowance(rate, 0);
    const first = new PacedQueue(allowance, clock);
    const ran: number[] = [];
    first.enter(1, () => ran.push(1));
    first.enter(1, () => ran.push(2));
    first.enter(1, () => ran.push(3));
    first.clear();
    const second = new PacedQueue(allowance, clock);
    second.enter(1, () => ran.push(4));
    expect(ran).toEqual([1, 2]);
    jest.advanceTimersByTime(500);
    expect(ran).toEqual([1, 2, 4]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
