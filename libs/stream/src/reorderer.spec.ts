import { describe, expect, it } from '@jest/globals';
import { ORDER_RULES } from './order-rules.js';
import { Reorderer } from './reorderer.js';
import { seededRandom, shuffledWithin } from './testing/seeded-order.js';
import type { Placed, TimedItem } from './timed-item.js';

const SECOND_US = 1_000_000;

/** The frame of a second, `seconds` long; it arrives when it is complete unless told otherwise. */
function frame(
  second: number,
  {
    seconds = 1,
    arrivedMs = (second + seconds) * 1000,
  }: { seconds?: number; arrivedMs?: number } = {},
): TimedItem<number> {
  return {
    sequence: Math.round(second * 10),
    startUs: second * SECOND_US,
    endUs: (second + seconds) * SECOND_US,
    toleranceUs: 60_000,
    arrivedMs,
    value: second,
  };
}

function frames(from: number, to: number): TimedItem<number>[] {
  return Array.from({ length: to - from }, (_, i) => frame(from + i));
}

/** `4` for a frame handed on, `4!` after a gap, `4!!` after a long one, `late 4` and so on. */
function words(placed: readonly Placed<number>[]): string[] {
  return placed.map((one) => {
    if (one.kind !== 'ordered') return `${one.kind} ${one.item.value}`;
    return `${one.item.value}${one.gap === null ? '' : one.gap.long ? '!!' : '!'}`;
  });
}

function pushAll(order: Reorderer<number>, items: readonly TimedItem<number>[]): string[] {
  return items.flatMap((item) => words(order.push(item)));
}

/** Enough ticks for everything that waits. */
function flush(order: Reorderer<number>): string[] {
  return Array.from({ length: 60 }, (_, i) => words(order.tick(1e9 + i * 1000, false))).flat();
}

describe('Reorderer', () => {
  it('holds the first frames until earlier ones can no longer come, then passes each at once', () => {
    const order = new Reorderer<number>('confirmed');
    expect(pushAll(order, frames(0, 4))).toEqual([]);
    expect(pushAll(order, [frame(4)])).toEqual(['0', '1', '2', '3', '4']);
    expect(pushAll(order, [frame(5)])).toEqual(['5']);
    expect(order.isWaiting).toBe(false);
    expect(order.watermarkUs).toBe(6 * SECOND_US);
  });

  it('gives the same output for any order within 4 s, with gaps, and for frames of any length', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const seconds = [0.25, 0.5, 1, 2, 5, 10][seed % 6]!;
      const sent: TimedItem<number>[] = [];
      for (let at = Math.floor(random() * 50); sent.length < 60; at += seconds) {
        if (random() < 0.08) at += Math.ceil(random() * 40);
        sent.push(frame(at, { seconds }));
      }
      const straight = new Reorderer<number>('confirmed');
      const expected = [...pushAll(straight, sent), ...flush(straight)];
      expect(expected.length).toBe(sent.length);

      // Evenly spread delays, or few but great ones.
      const delayMs =
        seed % 4 < 2 ? () => random() * 3_999 : () => (random() < 0.1 ? 3_999 : 20 * random());
      const delayed = sent
        .map((item) => ({ ...item, arrivedMs: item.arrivedMs + delayMs() }))
        .toSorted((a, b) => a.arrivedMs - b.arrivedMs);
      const shuffled = new Reorderer<number>('confirmed');
      const got: string[] = [];
      let tickMs = 0;
      for (const item of delayed) {
        for (; tickMs <= item.arrivedMs; tickMs += 1000)
          got.push(...words(shuffled.tick(tickMs, false)));
        got.push(...words(shuffled.push(item)));
      }
      expect([...got, ...flush(shuffled)]).toEqual(expected);
    }
  });

  it('gives the same output when it is saved and restored before any frame', () => {
    const sent = shuffledWithin([...frames(0, 20), ...frames(26, 70)], 4, seededRandom(9));
    const whole = new Reorderer<number>('confirmed');
    const expected = [...pushAll(whole, sent), ...flush(whole)];
    for (let at = 0; at < sent.length; at++) {
      const first = new Reorderer<number>('confirmed');
      const before = pushAll(first, sent.slice(0, at));
      const second = new Reorderer<number>('confirmed', structuredClone(first.save()));
      expect([...before, ...pushAll(second, sent.slice(at)), ...flush(second)]).toEqual(expected);
    }
  });

  it('touches within the tolerance, whatever the clock drifts', () => {
    const order = new Reorderer<number>('confirmed');
    const drifting = Array.from({ length: 1000 }, (_, i) => frame(i * 1.004));
    expect(pushAll(order, drifting).some((word) => word.includes('!'))).toBe(false);
  });

  it('closes a gap after 5 s of device time beyond it, and marks one above 30 s as long', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, frames(0, 10));
    expect(pushAll(order, frames(13, 17))).toEqual([]);
    expect(pushAll(order, [frame(17)])).toEqual(['13!', '14', '15', '16', '17']);
    expect(pushAll(order, frames(49, 54))[0]).toBe('49!!');
  });

  it('closes a gap after five intervals of ticks without any frame to hand on', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, frames(0, 10));
    pushAll(order, [frame(12)]);
    const closedAt = [0, 1, 2, 3, 4, 5, 6].find(
      (tick) => order.tick(tick * 1000, false).length > 0,
    );
    expect(closedAt).toBe(5);
  });

  it('gives devices the full wait again after the station was away', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, frames(0, 10));
    pushAll(order, [frame(11)]);
    for (const tick of [0, 1, 2, 3]) order.tick(tick * 1000, false);
    expect(words(order.tick(60_000, true))).toEqual([]);
    expect(pushAll(order, [frame(10)])).toEqual(['10', '11']);
  });

  it('does not count ticks against a gap while frames before it still come', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, frames(0, 10));
    pushAll(order, [frame(90)]);
    for (let second = 10; second < 40; second++) {
      expect(words(order.tick(second * 1000, false))).toEqual([]);
      expect(pushAll(order, [frame(second)])).toEqual([`${second}`]);
    }
  });

  it('reports what comes behind the watermark, and what a clock that ran backwards sends', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, [...frames(0, 10), ...frames(12, 20)]);
    expect(pushAll(order, [frame(10)])).toEqual(['late 10']);
    expect(pushAll(order, [{ ...frame(3), sequence: 1_000 }])).toEqual(['backwards 3']);
    expect(pushAll(order, [frame(20)])).toEqual(['20']);
  });

  it('does not hand on a frame that overlaps the last one', () => {
    const order = new Reorderer<number>('confirmed');
    pushAll(order, frames(0, 10));
    expect(pushAll(order, [{ ...frame(9.5), sequence: 95 }])).toEqual(['backwards 9.5']);
  });

  describe('a frame timed a year ahead', () => {
    const YEAR_S = 31_557_600;
    const ahead = { ...frame(YEAR_S), sequence: 95, arrivedMs: 10_000 };

    it('does not disturb the frames that follow in their own time', () => {
      const order = new Reorderer<number>('confirmed');
      pushAll(order, frames(0, 10));
      expect(pushAll(order, [ahead, ...frames(10, 20)])).toHaveLength(10);
      // nor when one of them is lost
      expect(pushAll(order, frames(21, 25))).toEqual([]);
      expect(pushAll(order, [frame(25)])).toEqual(['21!', '22', '23', '24', '25']);
    });

    it('is put aside once it has waited, instead of moving the watermark', () => {
      const order = new Reorderer<number>('confirmed');
      pushAll(order, [...frames(0, 10), ahead]);
      expect(flush(order)).toEqual([`implausible ${YEAR_S}`]);
      expect(pushAll(order, [frame(10)])).toEqual(['10']);
    });

    it('is believed when 5 s of frames agree with it', () => {
      const order = new Reorderer<number>('confirmed');
      pushAll(order, frames(0, 10));
      const more = [1, 2, 3, 4].map((s) => ({ ...frame(YEAR_S + s), arrivedMs: 10_000 + s }));
      expect(pushAll(order, [ahead, ...more])[0]).toBe(`${YEAR_S}!!`);
    });

    it('is believed when the station saw that much time pass', () => {
      const order = new Reorderer<number>('confirmed');
      pushAll(order, [...frames(0, 10), frame(YEAR_S)]);
      expect(flush(order)).toEqual([`${YEAR_S}!!`]);
    });

    it('is believed in a backlog, where arrival says nothing', () => {
      const order = new Reorderer<number>('believed');
      pushAll(order, [...frames(0, 10), ahead]);
      expect(flush(order)).toEqual([`${YEAR_S}!!`]);
    });
  });

  it('never keeps more than its capacity', () => {
    let full = 0;
    const order = new Reorderer<number>('confirmed', undefined, () => full++);
    pushAll(order, frames(0, 10));
    const copies = Array.from({ length: 3 * ORDER_RULES.capacity }, (_, i) => ({
      ...frame(12 + i * 0.001, { seconds: 0.25 }),
      sequence: 1000 + i,
    }));
    pushAll(order, copies);
    expect(order.save().waiting.length).toBeLessThanOrEqual(ORDER_RULES.capacity);
    expect(full).toBeGreaterThan(0);
  });
});
