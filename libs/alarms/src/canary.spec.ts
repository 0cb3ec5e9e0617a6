import { describe, expect, it } from '@jest/globals';
import { CANARY, CANARY_WINDOWS, type VitalSigns } from '@app/contracts';
import { AlarmMachine } from './alarm-machine.js';

function result(window: number, changes: Partial<VitalSigns> = {}): VitalSigns {
  return {
    patient: CANARY,
    origin: 'live',
    device: CANARY,
    bootId: 'b',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: 1_000_000 + 2000 * window,
    latencyMs: 20,
    heartRate: {
      bpm: 72,
      withheld: null,
      estimateBpm: 72,
      lowBpm: 70,
      highBpm: 74,
      secondOpinionBpm: 72,
      model: { name: 'hr', version: '1' },
    },
    quality: 0.9,
    activity: {
      class: 'rest',
      confidence: 0.9,
      cadencePerMinute: null,
      model: { name: 'activity', version: '1' },
    },
    battery: 1,
    worn: true,
    ...changes,
  };
}

describe('the canary in the alarm machine', () => {
  it('becomes one event a minute, and nothing else', () => {
    const machine = new AlarmMachine();
    const events = Array.from({ length: 100 }, (_, window) => {
      const atMs = 1_000_500 + 2000 * window;
      machine.apply({ type: 'tick', atMs });
      return machine.apply({ type: 'vitals', vital: result(window) });
    }).flat();
    const { first, every } = CANARY_WINDOWS;
    expect(events).toEqual(
      [first, first + every, first + 2 * every].map((window) => ({
        type: 'canary',
        id: `canary:b:${window}`,
        patient: CANARY,
        origin: 'live',
        bpm: 72,
        windowEndMs: 1_000_000 + 2000 * window,
        atMs: 1_000_500 + 2000 * window,
      })),
    );
    expect([...machine.patients]).toEqual([]);
    expect(machine.takeTouched()).toEqual([]);
  });

  it('raises no alarm, whatever its result and however long it is silent', () => {
    const machine = new AlarmMachine();
    const vital = result(CANARY_WINDOWS.first);
    vital.heartRate.bpm = null;
    machine.apply({ type: 'tick', atMs: vital.endMs });
    expect(machine.apply({ type: 'vitals', vital })).toMatchObject([{ type: 'canary', bpm: null }]);
    for (let s = 1; s < 300; s++)
      expect(machine.apply({ type: 'tick', atMs: vital.endMs + 1000 * s })).toEqual([]);
  });

  it('says nothing of what comes late', () => {
    const vital = result(CANARY_WINDOWS.first, { lane: 'backfill' });
    expect(new AlarmMachine().apply({ type: 'vitals', vital })).toEqual([]);
  });
});
