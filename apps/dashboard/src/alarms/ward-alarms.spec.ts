import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent, AudioPause } from '@app/contracts';
import { alarmEvent, patientState } from '../station/patient-state.fixture.js';
import type { Ward } from '../station/ward.js';
import { pauseOf, soundOf, wardAlarmsFirst } from './ward-alarms.js';

const PAUSE = { untilMs: 120_000, by: 'AB' };

function ward(
  own: AlarmEvent[],
  patients: Record<string, { alarms: AlarmEvent[]; audioPause?: AudioPause | null }>,
  audioPause: AudioPause | null = null,
): Ward {
  const states = Object.entries(patients).map(
    ([patient, changes]) => [patient, patientState({ patient, ...changes })] as const,
  );
  return {
    sequence: 1,
    title: 'Main',
    patients: new Map(states),
    strays: [],
    alarms: own,
    audioPause,
  };
}

const own = (changes: Partial<AlarmEvent>) =>
  alarmEvent({ patient: 'ward:main', rule: 'link-lost', ...changes });
const high = alarmEvent({ alarmId: 'high', priority: 'high' });
const low = alarmEvent({ alarmId: 'low', priority: 'low' });

describe('the strip', () => {
  it('has what the ward itself calls for before every patient, and what was answered last', () => {
    const alarms = [
      own({ alarmId: 'own' }),
      own({ alarmId: 'own-seen', signal: 'ack', priority: 'high' }),
    ];
    const seen = alarmEvent({ alarmId: 'seen', signal: 'ack', priority: 'high' });
    const all = wardAlarmsFirst(
      ward(alarms, { A: { alarms: [low, seen] }, B: { alarms: [high] } }),
    );
    expect(all.map(({ alarmId }) => alarmId)).toEqual(['own', 'high', 'low', 'own-seen', 'seen']);
    expect(wardAlarmsFirst(null)).toEqual([]);
  });
});

describe('the sound of a ward', () => {
  it('is that of its most urgent call, the ward’s own too', () => {
    expect(soundOf(ward([own({ priority: 'medium' })], { A: { alarms: [low] } }), 0)).toBe(
      'medium',
    );
    expect(soundOf(ward([], { A: { alarms: [low] }, B: { alarms: [high] } }), 0)).toBe('high');
    expect(soundOf(null, 0)).toBeNull();
  });

  it('leaves out a patient whose sound is paused, and nobody else', () => {
    const paused = ward([], { A: { alarms: [high], audioPause: PAUSE }, B: { alarms: [low] } });
    expect(soundOf(paused, 0)).toBe('low');
    expect(soundOf(paused, 120_000)).toBe('high');
    expect(soundOf(paused, null)).toBe('high');
  });

  it('leaves out the ward’s own alarms while theirs is paused', () => {
    const paused = ward([own({ priority: 'high' })], { A: { alarms: [low] } }, PAUSE);
    expect(soundOf(paused, 0)).toBe('low');
    expect(pauseOf(paused, 'ward:main')).toBe(PAUSE);
    expect(pauseOf(paused, 'A')).toBeNull();
  });

  it('leaves out what another alarm speaks for', () => {
    const silenced = alarmEvent({ priority: 'high', silencedBy: 'heart-rate-extreme-high' });
    expect(soundOf(ward([], { A: { alarms: [silenced, low] } }), 0)).toBe('low');
  });
});
