import { describe, expect, it } from '@jest/globals';
import { SendOrder } from './send-order.js';

const item = (id: number, seconds: number, bootId = 'now') => ({
  id,
  bootId,
  endMonotonicUs: seconds * 1e6,
});

const drain = (order: SendOrder, seconds: number) => {
  const out: string[] = [];
  for (;;) {
    const next = order.take(seconds * 1e6);
    if (next === null) return out.join(' ');
    out.push(`${next.lane}:${next.id}`);
  }
};

describe('SendOrder', () => {
  it('of a wearable sends the last ten seconds first and the rest as backfill', () => {
    const order = new SendOrder('wearable', 'now');
    for (let i = 0; i < 6; i++) order.add(item(i, i * 4));
    expect(drain(order, 20)).toBe('live:3 live:4 live:5 backfill:0 backfill:1 backfill:2');
    expect(order.size).toBe(0);
  });

  it('sends what is new before the backlog', () => {
    const order = new SendOrder('wearable', 'now');
    order.add(item(0, 0));
    order.add(item(1, 1));
    expect(order.take(60e6)).toMatchObject({ id: 0, lane: 'backfill' });
    order.add(item(2, 60));
    expect(drain(order, 60)).toBe('live:2 backfill:1');
  });

  it('puts frames that were not acknowledged back in their place and judges their age again', () => {
    const order = new SendOrder('wearable', 'now');
    for (let i = 0; i < 4; i++) order.add(item(i, i));
    const sent = [order.take(3e6)!, order.take(3e6)!];
    order.restore(sent);
    expect(order.size).toBe(4);
    expect(drain(order, 12)).toBe('live:2 live:3 backfill:0 backfill:1');
  });

  it('treats frames of an earlier boot as old', () => {
    const order = new SendOrder('wearable', 'now');
    order.restore([item(1, 5, 'before')]);
    order.add(item(2, 5));
    expect(drain(order, 5)).toBe('live:2 backfill:1');
  });

  it('keeps a recording in order, however old it is', () => {
    const order = new SendOrder('recording', 'now');
    for (let i = 0; i < 3000; i++) order.add(item(i, i));
    const sent = Array.from({ length: 2000 }, () => order.take(1e12)!);
    order.restore(sent.slice(1990));
    order.add(item(3000, 0));
    const rest = drain(order, 1e9).split(' ');
    expect(rest).toEqual(Array.from({ length: 1011 }, (_, i) => `live:${1990 + i}`));
  });
});
