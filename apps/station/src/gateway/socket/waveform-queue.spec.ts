import { describe, expect, it } from '@jest/globals';
import { WaveformQueue } from './waveform-queue.js';

const message = (second: number) => ({
  patient: 'p1',
  device: 'watch',
  bootId: 'b1',
  monotonicUs: second * 1e6,
  receivedMs: 0,
  traces: [],
});

describe('WaveformQueue', () => {
  it('keeps the newest and says with the next one how many were dropped', () => {
    const queue = new WaveformQueue(2);
    expect([0, 1, 2, 3].map((second) => queue.push(message(second)))).toEqual([0, 0, 1, 1]);
    expect(queue.length).toBe(2);
    expect(queue.shift()).toEqual({ ...message(2), dropped: 2 });
    expect(queue.shift()).toEqual({ ...message(3), dropped: 0 });
    expect(queue.shift()).toBeNull();
  });
});
