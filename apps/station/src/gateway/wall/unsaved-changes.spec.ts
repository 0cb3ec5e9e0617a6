import { describe, expect, it } from '@jest/globals';
import { NO_LIMITS } from '@app/contracts';
import { UnsavedChanges, decodePart } from './unsaved-changes.js';
import type { SavedPart } from './saved-part.js';

const partOf = (key: string): SavedPart => ({
  type: 'limits',
  record: { type: 'limits', patient: key, limits: NO_LIMITS, by: 'N', atMs: 1 },
});

describe('UnsavedChanges', () => {
  it('saves every few seconds all that changed since, under its partition', () => {
    const unsaved = new UnsavedChanges();
    unsaved.change(0, 'a');
    expect(unsaved.due(10_000, new Map([[0, 5]]), partOf)).toMatchObject([
      { partition: 0, offset: 5 },
    ]);
    unsaved.change(0, 'b');
    expect(unsaved.due(12_000, new Map([[0, 6]]), partOf)).toBeNull();
    unsaved.change(1, 'c');
    const checkpoints = unsaved.due(15_000, new Map([[1, 9]]), partOf);
    expect(
      checkpoints?.map(({ partition, offset, state }) => [partition, offset, [...state.keys()]]),
    ).toEqual([
      [0, 6, ['b']],
      [1, 9, ['c']],
    ]);
    expect(decodePart(checkpoints![1]!.state.get('c')!)).toEqual(partOf('c'));
    expect(unsaved.due(30_000, new Map(), partOf)).toEqual([]);
  });

  it('deletes what is no more, and keeps a change until its partition is read again', () => {
    const unsaved = new UnsavedChanges();
    unsaved.change(1, 'gone');
    expect(unsaved.due(10_000, new Map([[0, 5]]), () => null)).toMatchObject([
      { partition: 0, deleted: [] },
    ]);
    const [checkpoint] = unsaved.due(20_000, new Map([[1, 3]]), () => null) ?? [];
    expect(checkpoint).toEqual({ partition: 1, offset: 3, state: new Map(), deleted: ['gone'] });
  });
});
