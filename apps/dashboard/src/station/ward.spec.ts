import { describe, expect, it } from '@jest/globals';
import type { PatientState, Snapshot, Update } from '@app/contracts';
import { alarmEvent, patientState } from './patient-state.fixture.js';
import { updated, wardOf } from './ward.js';

const message = (
  sequence: number,
  patients: PatientState[],
): Snapshot & Update & { strays: []; wardAlarms: [] } => ({
  room: 'ward/main',
  sequence,
  serverMs: 0,
  title: 'Main ward',
  patients,
  gone: [],
  strays: [],
  wardAlarms: [],
  wardAudioPause: null,
});
const names = (...patients: string[]) => patients.map((patient) => patientState({ patient }));

describe('the ward', () => {
  it('places patients by pseudonym, numbers by value', () => {
    const ward = wardOf(message(7, names('W-10', 'W-2', 'A-1')));
    expect([...ward.patients.keys()]).toEqual(['A-1', 'W-2', 'W-10']);
    const more = updated(ward, message(8, names('W-3', 'W-10')));
    expect(more.outcome === 'applied' && [...more.ward.patients.keys()]).toEqual([
      'A-1',
      'W-2',
      'W-3',
      'W-10',
    ]);
  });

  it('takes the next update and leaves the others as they were', () => {
    const ward = wardOf(message(7, names('A', 'B')));
    const next = updated(ward, message(8, [patientState({ patient: 'B', connected: false })]));
    if (next.outcome !== 'applied') throw new Error(next.outcome);
    expect(next.ward.sequence).toBe(8);
    expect(next.ward.patients.get('A')).toBe(ward.patients.get('A'));
    expect(next.ward.patients.get('B')?.connected).toBe(false);
    expect(ward.patients.get('B')?.connected).toBe(true);
  });

  it('ignores what the snapshot already holds, and notices a missed update', () => {
    const ward = wardOf(message(7, names('A')));
    expect(updated(ward, message(7, names('A'))).outcome).toBe('old');
    expect(updated(ward, message(9, names('A'))).outcome).toBe('missed');
  });

  it('keeps the ward’s own alarms until others are told, and their pause as it is now', () => {
    const own = alarmEvent({ patient: 'ward:main', rule: 'link-lost' });
    const pause = { untilMs: 120_000, by: 'AB' };
    const ward = wardOf({ ...message(7, []), wardAlarms: [own] });
    expect(ward).toMatchObject({ alarms: [own], audioPause: null });
    const next = updated(ward, { ...message(8, []), wardAlarms: null, wardAudioPause: pause });
    if (next.outcome !== 'applied') throw new Error(next.outcome);
    expect(next.ward).toMatchObject({ alarms: [own], audioPause: pause });
    const none = updated(next.ward, message(9, []));
    expect(none.outcome === 'applied' && none.ward).toMatchObject({ alarms: [], audioPause: null });
  });

  it('lets go of who is gone, and keeps strays until others are told', () => {
    const stray = {
      device: 'watch-7',
      origin: 'live',
      connected: true,
      lastDataMs: 0,
      reason: 'not-admitted',
      frames: 3,
    } as const;
    const ward = wardOf({ ...message(7, names('A', 'B')), strays: [stray] });
    const next = updated(ward, { ...message(8, []), gone: ['A'], strays: null });
    if (next.outcome !== 'applied') throw new Error(next.outcome);
    expect([...next.ward.patients.keys()]).toEqual(['B']);
    expect(next.ward.strays).toEqual([stray]);
    const none = updated(next.ward, message(9, []));
    expect(none.outcome === 'applied' && none.ward.strays).toEqual([]);
  });
});
