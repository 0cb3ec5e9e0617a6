import { describe, expect, it } from '@jest/globals';
import { differences } from './audit-diff.js';

describe('what changed', () => {
  it('is what differs, with units, and nothing else', () => {
    const before = { limits: { heartRateHighBpm: 120, heartRateLowBpm: 45 }, ward: 'main' };
    const after = { limits: { heartRateHighBpm: 130, heartRateLowBpm: 45 }, ward: 'main' };
    expect(differences(before, after)).toEqual([
      { what: 'limits › heart rate high', before: '120 BPM', after: '130 BPM' },
    ]);
  });

  it('is everything where there was nothing, and the other way round', () => {
    const person = { name: 'Mia', active: true, wards: ['main', 'east'] };
    expect(differences(null, person)).toEqual([
      { what: 'name', before: null, after: 'Mia' },
      { what: 'active', before: null, after: 'yes' },
      { what: 'wards', before: null, after: 'main; east' },
    ]);
    expect(differences(person, null).map(({ after }) => after)).toEqual([null, null, null]);
  });

  it('takes a value that came or went for a change, null for nothing', () => {
    expect(differences({ bed: '3', note: null }, { bed: null })).toEqual([
      { what: 'bed', before: '3', after: null },
    ]);
    expect(differences({ bed: null }, {})).toEqual([]);
  });

  it('tells lists of things in one line each', () => {
    const devices = [{ device: 'w-1', position: 'wrist' }];
    expect(differences({ devices: [] }, { devices })).toEqual([
      { what: 'devices', before: 'none', after: 'device w-1, position wrist' },
    ]);
  });

  it('shows times as times', () => {
    const [change] = differences(null, { admittedMs: Date.parse('2026-03-05T12:03:05') });
    expect(change).toEqual({ what: 'admitted', before: null, after: '5 Mar 2026, 12:03:05' });
  });

  it('survives whatever is written there', () => {
    expect(differences('a', 'b')).toEqual([{ what: 'value', before: 'a', after: 'b' }]);
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    expect(differences(null, deep)).toEqual([
      { what: 'a › b › c › d', before: null, after: '{"e":1}' },
    ]);
  });
});
