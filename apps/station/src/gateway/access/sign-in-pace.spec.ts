import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ACCESS_LIMITS } from './access-limits.js';
import { SignInPace, type TryOrigin } from './sign-in-pace.js';

const attacker: TryOrigin = { address: '192.0.2.66', browser: null };
const nurse: TryOrigin = { address: '192.0.2.7', browser: null };

let pace: SignInPace;

beforeEach(() => {
  jest.useFakeTimers();
  pace = new SignInPace();
});
afterEach(() => {
  jest.useRealTimers();
});

async function tries(origin: TryOrigin, name: string, count: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let n = 0; n < count; n++) outcomes.push((await pace.take(origin, name)).outcome);
  return outcomes;
}

describe('SignInPace', () => {
  it('lets some failures pass, then says how long to wait', async () => {
    const { failuresPerName, paceSeconds } = ACCESS_LIMITS;
    expect(new Set(await tries(attacker, 'ada', failuresPerName))).toEqual(new Set(['go']));
    const refused = await pace.take(attacker, 'ada');
    expect(refused.outcome).toBe('wait');
    const waitMs = refused.outcome === 'wait' ? refused.waitMs : 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(paceSeconds * 1000);
    jest.advanceTimersByTime(waitMs + 1);
    expect((await pace.take(attacker, 'ada')).outcome).toBe('go');
  });

  it('does not let tries while waiting prolong the wait', async () => {
    await tries(attacker, 'ada', ACCESS_LIMITS.failuresPerName);
    jest.advanceTimersByTime((ACCESS_LIMITS.paceSeconds - 1) * 1000);
    expect(await tries(attacker, 'ada', 3)).toEqual(['wait', 'wait', 'wait']);
    jest.advanceTimersByTime(1001);
    expect(await tries(attacker, 'ada', 1)).toEqual(['go']);
  });

  it('never counts what came from another address', async () => {
    await tries(attacker, 'ada', 500);
    for (let n = 0; n < 100; n++)
      await pace.take({ address: `198.51.100.${n}`, browser: null }, 'ada');
    expect(await tries(nurse, 'ada', 2)).toEqual(['go', 'go']);
  });

  it('does not let one address try many names, but a browser that a name has used is counted apart', async () => {
    const { failuresPerAddress } = ACCESS_LIMITS;
    for (let n = 0; n < failuresPerAddress; n++) {
      expect((await pace.take(attacker, `name ${n}`)).outcome).toBe('go');
    }
    expect(await tries(attacker, 'yet another', 1)).toEqual(['wait']);
    // behind the same proxy as the attacker
    const known: TryOrigin = { address: attacker.address, browser: 'browser-of-ada' };
    expect(await tries(known, 'ada', 1)).toEqual(['go']);
  });

  it('slows down a browser that is known too', async () => {
    const known: TryOrigin = { address: '192.0.2.7', browser: 'browser-of-ada' };
    await tries(known, 'ada', ACCESS_LIMITS.failuresPerName);
    expect(await tries(known, 'ada', 1)).toEqual(['wait']);
  });

  it('begins anew after a right password, for the name and for the address', async () => {
    for (let n = 0; n < ACCESS_LIMITS.failuresPerAddress * 3; n++) {
      expect((await pace.take(nurse, `nurse ${n}`)).outcome).toBe('go');
      await pace.succeeded(nurse, `nurse ${n}`);
    }
    await tries(nurse, 'ada', ACCESS_LIMITS.failuresPerName - 1);
    await pace.succeeded(nurse, 'ada');
    expect(new Set(await tries(nurse, 'ada', ACCESS_LIMITS.failuresPerName))).toEqual(
      new Set(['go']),
    );
  });

  it('says which try is the first and which the last, for the audit', async () => {
    const marks = [];
    for (let n = 0; n < ACCESS_LIMITS.failuresPerName + 2; n++)
      marks.push(await pace.take(attacker, 'ada'));
    expect(marks.map((mark) => (mark.outcome === 'go' ? [mark.first, mark.last] : null))).toEqual([
      [true, false],
      ...Array.from({ length: ACCESS_LIMITS.failuresPerName - 2 }, () => [false, false]),
      [false, true],
      null,
      null,
    ]);
  });
});
