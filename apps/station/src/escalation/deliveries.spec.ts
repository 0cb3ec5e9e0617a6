import { describe, expect, it } from '@jest/globals';
import { Deliveries } from './deliveries.js';

/** Deliveries that end when the test says so. */
function held(atOnce: number) {
  const begun: string[] = [];
  const ends = new Map<string, (isDone: boolean) => void>();
  const deliveries = new Deliveries<string>(atOnce, (event) => {
    begun.push(event);
    return new Promise((done) => ends.set(event, done));
  });
  const end = async (event: string, isDone = true) => {
    ends.get(event)?.(isDone);
    await settled();
  };
  return { deliveries, begun, end };
}

const settled = () => new Promise((done) => setImmediate(done));
const at = (offset: number, partition = 0) => ({ partition, offset });

describe('deliveries', () => {
  it('pass a place when all before it are done', async () => {
    const { deliveries, end } = held(4);
    await deliveries.add('a', 'a', at(3));
    await deliveries.add('b', 'b', at(5));
    await deliveries.add('c', 'c', at(0, 1));
    await settled();
    expect([deliveries.passed(0, 6), deliveries.passed(1, 1), deliveries.passed(2, 9)]).toEqual([
      3, 0, 9,
    ]);
    await end('b');
    expect(deliveries.passed(0, 6)).toBe(3);
    await end('a');
    expect(deliveries.passed(0, 6)).toBe(6);
  });

  it('of one alarm go one after the other, of others at once', async () => {
    const { deliveries, begun, end } = held(9);
    await deliveries.add('a1', 'a', at(1));
    await deliveries.add('a2', 'a', at(2));
    await deliveries.add('b1', 'b', at(3));
    await settled();
    expect(begun).toEqual(['a1', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    await end('a2');
    await deliveries.add('a3', 'a', at(4));
    await settled();
    expect(begun.at(-1)).toBe('a3');
  });

  it('are so many at once, and the next one waits', async () => {
    const { deliveries, begun, end } = held(2);
    await deliveries.add('a', 'a', at(1));
    await deliveries.add('b', 'b', at(2));
    const third = deliveries.add('c', 'c', at(3));
    await settled();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await third;
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('that come to an end after the end of all do not undo it', async () => {
    const { deliveries, begun, end } = held(2);
    await deliveries.add('a', 'a', at(1));
    await deliveries.add('b', 'b', at(2));
    await settled();
    await end('b', false);
    await end('a');
    await deliveries.add('c', 'c', at(3));
    await settled();
    expect(begun).toEqual(['a', 'b']);
    expect(deliveries.passed(0, 9)).toBe(2);
  });

  it('end together: nothing more is begun, no place is passed, and who waits goes on', async () => {
    const { deliveries, begun, end } = held(1);
    await deliveries.add('a', 'a', at(1));
    const second = deliveries.add('b', 'b', at(2));
    await settled();
    await end('a', false);
    await second;
    expect(deliveries.passed(0, 9)).toBe(1);
    await deliveries.ended();
    expect(begun).toEqual(['a']);
  });
});
