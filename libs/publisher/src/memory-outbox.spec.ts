import { describe, expect, it } from '@jest/globals';
import { MemoryOutbox } from './memory-outbox.js';

const frame = (bytes: number) => ({
  bootId: 'b',
  endMonotonicUs: 0,
  bytes: new Uint8Array(bytes).fill(bytes),
});

describe('MemoryOutbox', () => {
  it('keeps frames until they are deleted', async () => {
    const outbox = new MemoryOutbox();
    const first = await outbox.put(frame(3));
    const second = await outbox.put(frame(4));
    expect(second).toBeGreaterThan(first);
    expect(await outbox.get(first)).toHaveLength(3);
    await outbox.delete(first);
    await outbox.delete(first);
    expect(await outbox.get(first)).toBeUndefined();
    expect(outbox.counts()).toEqual({ waitingFrames: 1, waitingBytes: 4, droppedFrames: 0 });
  });

  it('drops and counts the oldest when there are too many', async () => {
    const outbox = new MemoryOutbox({ frames: 2, bytes: 1000 });
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await outbox.put(frame(1)));
    expect(outbox.counts()).toEqual({ waitingFrames: 2, waitingBytes: 2, droppedFrames: 3 });
    expect(await outbox.get(ids[2]!)).toBeUndefined();
    expect(await outbox.get(ids[3]!)).toBeDefined();
  });

  it('drops the oldest when there are too many bytes', async () => {
    const outbox = new MemoryOutbox({ frames: 100, bytes: 10 });
    await outbox.put(frame(6));
    const second = await outbox.put(frame(6));
    expect(outbox.counts()).toEqual({ waitingFrames: 1, waitingBytes: 6, droppedFrames: 1 });
    expect(await outbox.get(second)).toBeDefined();
  });
});
