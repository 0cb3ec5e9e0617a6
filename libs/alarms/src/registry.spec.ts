import { describe, expect, it } from '@jest/globals';
import { RETURNED_AFTER_MS } from './alarm-times.js';
import { LIMITS, START_MS, Ward, alarmsOf, changes } from './testing/ward.js';

const DEVICE = { device: 'P-01-watch', position: 'wrist', sinceMs: START_MS } as const;
const OFF_WARD = { offWard: { reason: 'X-ray', sinceMs: START_MS + 60_000 } };

describe('off the ward', () => {
  it('ends what was raised, and is quiet, but for an extreme rate', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    expect(alarmsOf(ward.admit('P-01', OFF_WARD))).toMatchObject([
      { change: 'ended', endedBecause: 'limit-off' },
    ]);
    expect(ward.pass(300)).toEqual([]);
    expect(ward.pass(30, { bpm: 130, worn: false, battery: 0.01 })).toEqual([]);
    expect(ward.vital({ fall: { score: 1, stillSeconds: 2 } })).toEqual([]);
    expect(changes(ward.pass(8, { bpm: 160 }))).toEqual(['heart-rate-extreme-high raised on']);
  });

  it('is over after three minutes of good signal', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.admit('P-01', OFF_WARD);
    ward.pass(600);
    // the first number comes after two seconds
    expect(ward.pass(RETURNED_AFTER_MS / 1000 + 1, {})).toEqual([]);
    expect(ward.pass(1, {})).toEqual([
      {
        type: 'returned',
        id: `P-01:returned:${OFF_WARD.offWard.sinceMs}`,
        patient: 'P-01',
        origin: 'live',
        atMs: ward.nowMs,
      },
    ]);
    expect(ward.pass(300, {})).toEqual([]);
    expect(changes(ward.pass(20, { bpm: 130 }))).toEqual(['heart-rate-high raised on']);
  });

  it.each([
    // the next result comes a second later, or two
    [5, true],
    [6, false],
  ])('bears %d s of silence: %s', (silentSeconds, isBack) => {
    const ward = new Ward();
    ward.admit('P-01', OFF_WARD);
    ward.pass(100, {});
    ward.pass(silentSeconds);
    expect(ward.pass(90, {}).length > 0).toBe(isBack);
  });

  it('goes on over other words of the registry, and begins anew with another absence', () => {
    const ward = new Ward();
    ward.admit('P-01', OFF_WARD);
    ward.pass(100, {});
    ward.admit('P-01', { ...OFF_WARD, label: 'XY' });
    expect(changes(ward.pass(84, {}))).toEqual(['returned']);
    ward.admit('P-01', { offWard: { reason: 'again', sinceMs: ward.nowMs } });
    expect(ward.pass(180, {})).toEqual([]);
    expect(changes(ward.pass(4, {}))).toEqual(['returned']);
  });

  it('is not over by a signal with breaks', () => {
    const ward = new Ward();
    ward.admit('P-01', OFF_WARD);
    for (let i = 0; i < 4; i++) {
      ward.pass(100, {});
      ward.pass(2, { bpm: null });
      ward.pass(100, {});
      ward.pass(8);
    }
    expect(ward.events).toEqual([]);
  });

  it('is over by hand: silence counts from then on', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.admit('P-01', OFF_WARD);
    ward.pass(600);
    ward.admit();
    expect(ward.pass(29)).toEqual([]);
    expect(changes(ward.pass(1))).toEqual(['check-patient raised on', 'no-data raised on']);
  });
});

describe('a device taken off a patient by a nurse', () => {
  it('ends technical alarms and leaves physiological ones to be seen', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130, worn: false }));
    expect(changes(ward.admit('P-01', { devices: [] }))).toEqual([
      'heart-rate-high condition-cleared latched',
      'sensor-off ended off',
    ]);
    expect(ward.pass(600)).toEqual([]);
    expect(changes(ward.acknowledge(raised))).toHaveLength(1);
  });

  it('and replaced: the new one gets its time', () => {
    const ward = new Ward();
    ward.pass(20, {});
    const device = { device: 'new', position: 'wrist', mode: 'continuous', sinceMs: 1 } as const;
    ward.admit('P-01', { devices: [device] });
    expect(ward.pass(26, {})).toEqual([]);
    expect(ward.pass(60, { device: 'new' })).toEqual([]);
  });
});

describe('a word of the registry', () => {
  it('that changes nothing of the duty does not reset the time of silence', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.pass(10);
    ward.admit('P-01', { label: 'XY', bed: '2' });
    expect(ward.pass(4)).toEqual([]);
    expect(changes(ward.pass(1))).toEqual(['no-data raised on']);
  });

  it('that admits who was heard already goes on from there', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS);
    ward.pass(20, {});
    ward.admit();
    expect(ward.pass(14)).toEqual([]);
    expect(changes(ward.pass(1))).toEqual(['no-data raised on']);
  });

  it.each([
    [6, 9],
    [7, 30],
  ])('after %d s of silence counts on, or anew: no data after %d s', (silentSeconds, seconds) => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.pass(silentSeconds);
    ward.admit('P-01', { devices: [{ ...DEVICE, mode: 'spot' }] });
    ward.admit();
    expect(changes(ward.pass(seconds - 1))).toEqual([]);
    expect(changes(ward.pass(1))).toContain('no-data raised on');
  });

  it('about a device that somebody else spoke for is a new beginning', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS);
    ward.pass(20, { device: 'other', bpm: 130 });
    ward.admit();
    expect(ward.pass(20, { bpm: null, withheld: 'acquiring' })).toEqual([]);
    const [check] = alarmsOf(ward.pass(12, { bpm: null, withheld: 'acquiring' }));
    expect(check).toMatchObject({ rule: 'check-patient', priority: 'low' });
  });
});

describe('discharge', () => {
  it('ends everything, says so, and stays', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130, worn: false }));
    ward.acknowledge(raised);
    ward.pauseAudio();
    const events = ward.discharge();
    expect(changes(events)).toEqual(['heart-rate-high ended off', 'sensor-off ended off', 'audio']);
    expect(alarmsOf(events).map(({ endedBecause }) => endedBecause)).toEqual([
      'discharged',
      'discharged',
    ]);
    expect(events.at(-1)).toMatchObject({ audio: 'on', because: 'discharged' });
    expect(ward.discharge()).toEqual([]);
    expect(ward.pass(60, { bpm: 130, worn: false })).toEqual([]);
    expect(ward.pauseAudio()).toEqual([]);
    expect(ward.setLimits({ ...LIMITS, heartRateHighBpm: 60 }, 'P-01')).toEqual([]);
    expect(ward.pass(60)).toEqual([]);
  });

  it('of a latched alarm', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    ward.pass(20, {});
    expect(changes(ward.discharge())).toEqual(['heart-rate-high ended off']);
  });

  it('is not undone by an older word, and begins anew with an admission', () => {
    const ward = new Ward();
    const admitted = ward.records.findLast(({ type }) => type === 'admission');
    ward.pass(20, { bpm: 130 });
    ward.discharge();
    if (admitted !== undefined) ward.give(admitted);
    expect(ward.pass(60, { bpm: 130 })).toEqual([]);
    ward.admit();
    expect(changes(ward.pass(14, { bpm: 130 }))).toEqual(['heart-rate-high raised on']);
  });
});

describe('a transfer', () => {
  it('keeps the alarms, with the limits of the new ward', () => {
    const ward = new Ward();
    ward.setLimits({ ...LIMITS, heartRateHighBpm: 135 }, 'ward:east');
    ward.pass(14, { bpm: 130 });
    expect(ward.admit('P-01', { ward: 'east' })).toEqual([]);
    expect(changes(ward.pass(14, { bpm: 130 }))).toEqual([
      'heart-rate-high condition-cleared latched',
    ]);
  });

  it('to a ward whose limits are not known ends nothing', () => {
    const ward = new Ward();
    ward.pass(14, { bpm: 130 });
    ward.admit('P-01', { ward: 'north' });
    expect(ward.pass(60, { bpm: 90 })).toEqual([]);
  });

  it('tells nobody twice: an older limit, or one of nobody, changes nothing', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.give({
      type: 'limits',
      patient: 'ward:main',
      limits: { ...LIMITS, heartRateHighBpm: 60 },
      by: 'x',
      atMs: START_MS - 1,
    });
    ward.setLimits(null);
    expect(ward.pass(30, {})).toEqual([]);
  });
});

describe('limits that come before the admission', () => {
  it('are kept for it', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS);
    ward.setLimits({ ...LIMITS, heartRateHighBpm: 60 }, 'P-01');
    ward.admit();
    expect(alarmsOf(ward.pass(14, { bpm: 80 }))).toMatchObject([
      { limitBpm: 60, limitBecause: 'patient' },
    ]);
  });
});
