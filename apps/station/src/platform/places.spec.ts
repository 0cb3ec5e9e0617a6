import { expect, it } from '@jest/globals';
import type { JournalRecord } from '@app/journal';
import { Places } from './places.js';

function record(partition: number, offset: number): JournalRecord {
  return { stream: 'events', partition, offset, key: 'k', appendMs: 0, value: new Uint8Array() };
}

it('places are saved every 5 s, or at once after something that had an effect, all that are not yet', () => {
  const places = new Places();
  const due = (records: JournalRecord[], hadEffect: boolean, nowMs: number) =>
    places.due(records, hadEffect, nowMs)?.map(({ partition, offset }) => [partition, offset]);
  expect(due([record(0, 4)], false, 1000)).toEqual([[0, 5]]);
  expect(due([record(0, 5), record(1, 0)], false, 2000)).toBeUndefined();
  expect(due([record(0, 6)], true, 3000)).toEqual([
    [0, 7],
    [1, 1],
  ]);
  expect(due([record(1, 1)], false, 7999)).toBeUndefined();
  expect(due([record(1, 2)], false, 8000)).toEqual([[1, 3]]);
});
