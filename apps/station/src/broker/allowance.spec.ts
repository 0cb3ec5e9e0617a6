import { describe, expect, it } from '@jest/globals';
import { WIRE_LIMITS } from '@app/contracts';
import { Allowances } from './allowance.js';
import { BROKER_LIMITS, rateOf } from './limits.js';

describe('Allowances', () => {
  it('remembers a device, and forgets the one that was unused for longest', () => {
    const allowances = new Allowances(2);
    const [a, b] = ['a', 'b'].map((device) => allowances.of(device, 'live', 0));
    expect(allowances.of('a', 'live', 0)).toBe(a);
    allowances.of('c', 'live', 0);
    expect(allowances.of('a', 'live', 0)).toBe(a);
    expect(allowances.of('b', 'live', 0)).not.toBe(b);
  });

  it('allows a device its burst of malformed messages, then few per minute', () => {
    const { malformed } = new Allowances().of('a', 'live', 0);
    malformed.take(BROKER_LIMITS.malformedBurst, 0);
    expect(malformed.waitMs(1, 0)).toBe(60_000 / BROKER_LIMITS.malformedPerMinute);
  });
});

describe('rateOf', () => {
  it.each(['live', 'simulated'] as const)(
    'lets the shortest frames of a %s device pass',
    (origin) => {
      expect(rateOf(origin, 'frames').messagesPerSecond).toBeGreaterThan(
        1 / WIRE_LIMITS.frameMinSeconds,
      );
      for (const topic of ['frames', 'backfill'] as const)
        expect(rateOf(origin, topic).byteBurst).toBeGreaterThanOrEqual(WIRE_LIMITS.frameBytes);
    },
  );

  it('does not slow a recording, but its status', () => {
    expect(rateOf('replay', 'frames').messagesPerSecond).toBe(10_000);
    expect(rateOf('replay', 'status')).toEqual(rateOf('live', 'status'));
  });
});
