import { describe, expect, it } from '@jest/globals';
import type { Frame } from '@app/contracts';
import { Delivery, type DeliveryFaults } from './delivery.js';
import { seededRandom } from './random.js';

const FRAME: Frame = {
  device: 'd',
  bootId: 'b',
  sequence: 0,
  monotonicUs: 0,
  wallClockMs: null,
  wallClockSource: 'unspecified',
  sentMonotonicUs: null,
  position: 'wrist',
  blocks: [],
  battery: null,
  worn: null,
  charging: null,
};

function deliver(faults: Partial<DeliveryFaults>, count: number, seed = 3) {
  const delivery = new Delivery(
    { drop: 0, duplicate: 0, reorderSeconds: 0, ...faults },
    seededRandom(seed, 'd'),
  );
  const out: { sequence: number; at: number }[] = [];
  const send = (frames: Frame[], at: number) =>
    out.push(...frames.map(({ sequence }) => ({ sequence, at })));
  for (let i = 0; i < count; i++) send(delivery.take({ ...FRAME, sequence: i }, i), i);
  send(delivery.flush(), count);
  return { delivery, out, sequences: out.map((one) => one.sequence) };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('Delivery', () => {
  it('changes nothing without faults', () => {
    expect(deliver({}, 50).sequences).toEqual(upTo(50));
  });

  it('drops about the asked share and counts it', () => {
    const { delivery, sequences } = deliver({ drop: 0.1 }, 2000);
    expect(delivery.dropped).toBe(2000 - sequences.length);
    expect(delivery.dropped).toBeGreaterThan(150);
    expect(delivery.dropped).toBeLessThan(250);
  });

  it('duplicates about the asked share', () => {
    const { delivery, sequences } = deliver({ duplicate: 0.1 }, 2000);
    expect(sequences).toHaveLength(2000 + delivery.duplicated);
    expect(new Set(sequences).size).toBe(2000);
    expect(delivery.duplicated).toBeGreaterThan(150);
    expect(delivery.duplicated).toBeLessThan(250);
  });

  it('reorders within its bound and loses nothing', () => {
    const { out, sequences } = deliver({ reorderSeconds: 4 }, 500);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(upTo(500));
    expect(sequences).not.toEqual(upTo(500));
    expect(out.every(({ sequence, at }) => at - sequence >= 0 && at - sequence <= 4)).toBe(true);
  });
});
