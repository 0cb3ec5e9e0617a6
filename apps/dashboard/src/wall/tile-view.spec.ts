import { describe, expect, it } from '@jest/globals';
import type { Withheld } from '@app/contracts';
import { admission, patientState } from '../station/patient-state.fixture.js';
import { WITHHELD_WORDS } from '../words.js';
import { tileView } from './tile-view.js';

describe('a tile', () => {
  it('shows the number with its interval, rounded', () => {
    expect(tileView(patientState(), 3000, 'live')).toMatchObject({
      rate: { kind: 'number', bpm: 72, lowBpm: 69, highBpm: 76, old: false },
      ageMs: 3000,
      activity: 'rest',
      quality: 0.9,
      connection: null,
    });
  });

  it('greys a value past 10 s and has no number past 30 s', () => {
    const rateAt = (ms: number) => tileView(patientState(), ms, 'live').rate;
    expect(rateAt(10_000)).toMatchObject({ old: false });
    expect(rateAt(10_001)).toMatchObject({ old: true });
    expect(rateAt(30_000)).toMatchObject({ kind: 'number', old: true });
    expect(rateAt(30_001)).toEqual({ kind: 'none', reason: 'Silent for 30 s' });
    expect(tileView(patientState(), 30_001, 'live')).toMatchObject({
      activity: null,
      quality: null,
    });
  });

  it('tells of a backlog in minutes, from half a minute on, while it is coming', () => {
    const minutes = (seconds: number, serverMs = 1000) =>
      tileView(patientState({ backlog: { seconds, atMs: 0 } }), serverMs, 'live').backlogMinutes;
    expect(minutes(29)).toBeNull();
    expect(minutes(30)).toBe(1);
    expect(minutes(60)).toBe(1);
    expect(minutes(61)).toBe(2);
    expect(minutes(600, 120_000)).toBe(10);
    expect(minutes(600, 120_001)).toBeNull();
    const blank = tileView(patientState({ backlog: { seconds: 600, atMs: 0 } }), 1000, 'blank');
    expect(blank.backlogMinutes).toBeNull();
    expect(tileView(patientState(), 1000, 'live').backlogMinutes).toBeNull();
  });

  it('says that a silent device is gone', () => {
    const gone = patientState({ connected: false, connectedSinceMs: 20_000 });
    expect(tileView(gone, 140_000, 'live')).toMatchObject({
      rate: { kind: 'none', reason: 'Disconnected for 2 min' },
      connection: 'Disconnected for 2 min',
    });
  });

  it('counts age from the arrival when the window ends in the future', () => {
    const ahead = patientState({ vital: { endMs: 60_000 }, lastDataMs: 0 });
    expect(tileView(ahead, 12_000, 'live')).toMatchObject({ ageMs: 12_000, rate: { old: true } });
  });

  it('has no number whose time is yet to come: the station’s clock was set back', () => {
    const future = patientState({ vital: { endMs: 3_600_000 }, lastDataMs: 3_600_000 });
    expect(tileView(future, 1000, 'live')).toMatchObject({ ageMs: null, rate: { kind: 'none' } });
    expect(tileView(future, 3_599_000, 'live')).toMatchObject({
      ageMs: 0,
      rate: { kind: 'number' },
    });
  });

  it.each(Object.entries(WITHHELD_WORDS))('says why a number is withheld: %s', (key, words) => {
    const state = patientState({}, { bpm: null, withheld: key as Withheld });
    expect(tileView(state, 1000, 'live').rate).toEqual({ kind: 'none', reason: words });
  });

  it('waits for a first value', () => {
    const fresh = patientState({ vital: null, lastDataMs: null });
    expect(tileView(fresh, 1000, 'live').rate).toMatchObject({
      reason: 'Waiting for first values',
    });
    const absent = patientState({ vital: null, lastDataMs: null, connected: false });
    expect(tileView(absent, 1000, 'live').rate).toMatchObject({
      reason: 'Device is not connected',
    });
  });

  it('shows nothing of the patient when the screen is not live', () => {
    const running = patientState({ movedHigh: { bpm: 150, because: 'running' } });
    expect(tileView(running, 1000, 'live').movedHigh).toEqual(running.movedHigh);
    expect(tileView(running, 1000, 'blank')).toEqual({
      rate: { kind: 'none', reason: 'Not live' },
      ageMs: null,
      activity: null,
      quality: null,
      battery: null,
      backlogMinutes: null,
      movedHigh: null,
      connected: false,
      connection: 'Unknown',
      offWard: null,
    });
  });

  it('greys every number while the screen itself is behind', () => {
    expect(tileView(patientState(), 1000, 'old').rate).toMatchObject({ bpm: 72, old: true });
  });

  it('never shows a value without knowing its age', () => {
    expect(tileView(patientState(), null, 'live').rate.kind).toBe('none');
  });

  it('says that a patient wears nothing, whatever was measured before', () => {
    const bare = patientState({ admission: admission({ devices: [] }) });
    expect(tileView(bare, 1000, 'live')).toMatchObject({
      rate: { kind: 'none', reason: 'No device' },
      connection: 'No device',
    });
  });

  it('says where a patient is who left the ward, and for how long', () => {
    const away = admission({ offWard: { reason: 'X-ray', sinceMs: 0 } });
    expect(tileView(patientState({ admission: away }), 720_000, 'live').offWard).toBe(
      'X-ray, for 12 min',
    );
    expect(tileView(patientState(), 720_000, 'live').offWard).toBeNull();
  });
});
