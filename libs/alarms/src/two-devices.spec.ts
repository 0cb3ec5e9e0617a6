import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { vitalOf } from './testing/vital-of.js';
import { START_MS, Ward, alarmsOf, changes } from './testing/ward.js';

/** Two that are worn by one patient at once. */
const WORN = ['a', 'b'].map((device) => ({
  device,
  position: 'wrist',
  mode: 'continuous',
  sinceMs: START_MS,
})) as { device: string; position: 'wrist'; mode: 'continuous'; sinceMs: number }[];

function wardOf2(): Ward {
  const ward = new Ward();
  ward.admit('P-01', { devices: WORN });
  return ward;
}

function link(ward: Ward, device: string, connected: boolean, atMs = ward.nowMs): void {
  const patient = 'P-01';
  ward.give({ type: 'link', patient, origin: 'live', device, connected, atMs, reason: '' });
}

/** Seconds in which both send, `a` a second before `b`. */
function both(ward: Ward, seconds: number, a: number | null, b: number | null): AlarmEvent[] {
  const from = ward.events.length;
  for (let i = 0; i < seconds; i++) {
    ward.tick();
    ward.vital(i % 2 === 0 ? { device: 'a', bpm: a } : { device: 'b', bpm: b });
  }
  return alarmsOf(ward.events.slice(from));
}

describe('of two devices of one patient', () => {
  it('the one that has a number is listened to, 6 s after the other one had its last', () => {
    const ward = wardOf2();
    link(ward, 'b', true, START_MS);
    link(ward, 'a', true, START_MS + 1);
    expect(both(ward, 10, 80, 80)).toEqual([]);
    // the first is off and lies on the table, the second says 170
    const [raised] = both(ward, 13, null, 170);
    expect(raised).toMatchObject({ rule: 'heart-rate-extreme-high', samples: { device: 'b' } });
    expect(changes(both(ward, 60, null, 170)).filter((one) => one.startsWith('check'))).toEqual([]);
  });

  it.each([
    ['6 s', 6, 0],
    ['7 s', 7, 1],
  ])(
    'is listened to %s after the last number of the other one, or not yet',
    (_, seconds, heard) => {
      const ward = wardOf2();
      link(ward, 'b', true, START_MS);
      link(ward, 'a', true, START_MS + 1);
      ward.tick();
      ward.vital({ device: 'a' });
      for (let i = 0; i < seconds; i++) {
        ward.tick();
        ward.vital({ device: 'a', bpm: null });
      }
      ward.vital({ device: 'b' });
      expect(speaker(ward)).toBe(heard === 1 ? 'b' : 'a');
    },
  );

  it('the one that came last is listened to when both have a number, as the wall shows it', () => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS);
    link(ward, 'b', true, START_MS + 1);
    expect(both(ward, 10, 80, 80)).toEqual([]);
    expect(speaker(ward)).toBe('b');
    expect(changes(both(ward, 10, 80, 170))).toEqual(['heart-rate-extreme-high raised on']);
    link(ward, 'a', false);
    link(ward, 'a', true, ward.nowMs + 1);
    both(ward, 2, 80, 170);
    expect(speaker(ward)).toBe('a');
  });

  it('the one that has gone away is not, and one of which no word was heard came with its first result', () => {
    const ward = wardOf2();
    ward.tick();
    ward.vital({ device: 'a' });
    ward.tick();
    ward.vital({ device: 'b' });
    expect(speaker(ward)).toBe('b');
    link(ward, 'b', false);
    ward.vital({ device: 'a' });
    expect(speaker(ward)).toBe('a');
    // what was on its way when it went
    ward.vital({ device: 'b' });
    expect(speaker(ward)).toBe('a');
  });

  it('an older word of the link changes nothing', () => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS + 2);
    link(ward, 'b', true, START_MS + 3);
    link(ward, 'b', false, START_MS + 1);
    ward.tick();
    both(ward, 2, 80, 80);
    expect(speaker(ward)).toBe('b');
  });

  it('one without a number never takes the word from one that speaks', () => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS);
    link(ward, 'b', true, START_MS + 1);
    both(ward, 20, 80, null);
    expect(speaker(ward)).toBe('a');
    both(ward, 20, null, null);
    expect(speaker(ward)).toBe('a');
  });

  it.each([
    ['a', ': the device is not connected'],
    ['b', ' although the device is connected'],
  ])('the link that counts is that of the one that is listened to: %s gone', (gone, words) => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS);
    link(ward, 'b', true, START_MS);
    ward.tick();
    ward.vital({ device: 'a' });
    link(ward, gone, false);
    expect(alarmsOf(ward.pass(15))[0]?.text).toBe(`No data for 15 s${words}`);
  });

  it.each([
    [['a', 'b'], ': the device is not connected'],
    [['a'], ' although the device is connected'],
    [[], ' although the device is connected'],
  ])('before a first result any link counts: %j gone', (gone, words) => {
    const ward = wardOf2();
    for (const device of gone.length > 0 ? ['a', 'b'] : [])
      link(ward, device, !gone.includes(device), START_MS + 1);
    const [raised] = alarmsOf(ward.pass(31)).filter(({ rule }) => rule === 'no-data');
    expect(raised?.text).toBe(`No data for 30 s${words}`);
  });

  it('one that was heard without a number is not waited for when another one has one', () => {
    const ward = wardOf2();
    link(ward, 'b', true, START_MS);
    link(ward, 'a', true, START_MS + 1);
    ward.tick();
    ward.vital({ device: 'a', bpm: null });
    ward.vital({ device: 'b' });
    expect(speaker(ward)).toBe('b');
  });

  it('two that came in the same moment: the one that speaks goes on', () => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS);
    link(ward, 'b', true, START_MS);
    both(ward, 6, 80, 80);
    expect(speaker(ward)).toBe('a');
  });

  it('one that is taken off is forgotten', () => {
    const ward = wardOf2();
    link(ward, 'a', true, START_MS);
    link(ward, 'b', true, START_MS + 1);
    ward.admit('P-01', { devices: WORN.slice(0, 1) });
    const [state] = ward.machine.patients;
    expect(state?.links).toEqual({ a: { connected: true, atMs: START_MS } });
  });
});

describe('of two boots of one device', () => {
  it('the one before is not heard again when its results are repeated', () => {
    const ward = new Ward();
    ward.pass(40, {});
    ward.pass(8);
    const result = (bootId: string, window: number, atMs: number, bpm: number) =>
      ward.give({ type: 'vitals', vital: vitalOf(window, atMs, { bootId, bpm }) });
    result('c', 0, ward.nowMs, 160);
    ward.tick();
    ward.tick();
    result('c', 1, ward.nowMs, 160);
    // a processor that was started again says the last of the old boot once more
    result('b', 19, ward.nowMs - 10_000, 80);
    result('c', 0, ward.nowMs - 2_000, 160);
    expect(changes(ward.pass(2))).toEqual(['heart-rate-extreme-high raised on']);
  });

  it('the new one is heard though its clock is not known well, once the old one is silent', () => {
    const ward = new Ward();
    ward.pass(10, {});
    const early = (bootId: string) =>
      ward.give({ type: 'vitals', vital: vitalOf(0, ward.nowMs - 20_000, { bootId }) });
    ward.pass(6);
    early('c');
    expect(boot(ward)).toBe('b');
    ward.tick();
    early('c');
    expect(boot(ward)).toBe('c');
  });

  it('one that ends in the same moment is', () => {
    const ward = new Ward();
    ward.pass(10, {});
    ward.give({ type: 'vitals', vital: vitalOf(0, ward.nowMs, { bootId: 'c' }) });
    expect(boot(ward)).toBe('c');
  });
});

function speaker(ward: Ward): string | undefined {
  const [state] = ward.machine.patients;
  return state?.latest?.device;
}

function boot(ward: Ward): string | undefined {
  const [state] = ward.machine.patients;
  return state?.latest?.bootId;
}
