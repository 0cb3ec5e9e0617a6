import { describe, expect, it } from '@jest/globals';
import { AlarmMachine } from '@app/alarms';
import { NO_LIMITS, type WardStatusRecord, decodeWardRecord, partitionOf } from '@app/contracts';
import type { NewRecord } from '@app/journal';
import { WardWatch } from './ward-watch.js';

const PARTITIONS = 4;

function machines(): AlarmMachine[] {
  return Array.from({ length: PARTITIONS }, () => {
    const machine = new AlarmMachine();
    for (const ward of ['main', 'east'])
      machine.apply({
        type: 'limits',
        patient: `ward:${ward}`,
        limits: NO_LIMITS,
        by: '',
        atMs: 0,
      });
    return machine;
  });
}

const statusOf = ({ value }: NewRecord) => decodeWardRecord(value) as WardStatusRecord;

describe('the watch over wards', () => {
  it('tells every partition of every ward, and one of them that it is at home there', () => {
    const records = new WardWatch(PARTITIONS, 'simulated').look(machines(), 1_000);
    expect(records.map(({ key, partition }) => `${key} ${partition}`)).toEqual(
      ['ward:main', 'ward:east'].flatMap((key) => [0, 1, 2, 3].map((at) => `${key} ${at}`)),
    );
    for (const record of records) {
      const { home, patient, origin } = statusOf(record);
      expect(origin).toBe('simulated');
      expect(home).toBe(record.partition === partitionOf(patient, PARTITIONS));
    }
  });

  it('tells again after ten seconds, and at once when something has changed', () => {
    const watch = new WardWatch(PARTITIONS, 'live');
    const views = machines();
    expect(watch.look(views, 0)).toHaveLength(8);
    expect(watch.look(views, 9_999)).toEqual([]);
    expect(watch.look(views, 10_000)).toHaveLength(8);
    views[2]?.apply({ type: 'health', part: 'storage', ok: false, message: 'away', atMs: 10_500 });
    const told = watch.look(views, 11_000);
    expect(told.map((record) => statusOf(record).storage)).toEqual(Array(8).fill('away'));
    expect(watch.look(views, 12_000)).toEqual([]);
    views[1]?.apply({
      type: 'health',
      part: 'dashboards',
      ward: 'east',
      ok: false,
      message: 'none',
      atMs: 12_500,
    });
    const unwatched = watch.look(views, 13_000).map(statusOf);
    expect(unwatched.map(({ patient }) => patient)).toEqual(Array(4).fill('ward:east'));
    expect(unwatched[0]?.unwatched).toBe('none');
  });
});
