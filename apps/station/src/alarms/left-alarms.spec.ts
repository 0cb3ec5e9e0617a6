import { describe, expect, it } from '@jest/globals';
import { AlarmMachine } from '@app/alarms';
import { endsOfLeft, notActive } from './left-alarms.js';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const alarm = { type: 'alarm', id: 'a:2', alarmId: 'a', patient: 'P', signal: 'on', note: null };

describe('alarms of a checkpoint that cannot be used', () => {
  const saved = new Map([
    ['*', bytes({ limits: {}, tickMs: 1, clockMs: 2 })],
    ['P', bytes({ patient: 'P', rules: { high: { last: alarm }, low: { last: null } } })],
    ['Q', bytes({ patient: 'Q', alarms: { fall: { last: { ...alarm, alarmId: 'b' } } } })],
    ['R', new Uint8Array([123, 34])],
  ]);

  it('end under the name that the screens know', () => {
    expect(endsOfLeft(saved, 7)).toMatchObject([
      { id: 'a:left', alarmId: 'a', patient: 'P', signal: 'off', change: 'ended', atMs: 7 },
      { id: 'b:left', alarmId: 'b', signal: 'off' },
    ]);
  });

  it('do not end when they were raised again', () => {
    const machine = new AlarmMachine();
    machine.apply({
      type: 'link',
      patient: 'P',
      origin: 'live',
      device: 'd',
      connected: true,
      reason: '',
      atMs: 1,
    });
    const events = Array.from({ length: 40 }, (_, second) =>
      machine.apply({ type: 'tick', atMs: second * 1000 }),
    ).flat();
    const raised = events.find((event) => event.type === 'alarm');
    const left = endsOfLeft(new Map([['P', bytes({ alarms: { x: { last: raised } } })]]), 7);
    expect(left).toHaveLength(1);
    expect(notActive(left, [machine])).toEqual([]);
    expect(notActive(left, [new AlarmMachine()])).toEqual(left);
  });
});
