import { describe, expect, it } from '@jest/globals';
import { type WardRecord, NO_LIMITS, decodeWardRecord, limitsKeyOf } from '@app/contracts';
import { type WardStream, drainOutbox } from './drain-outbox.js';
import type { Outbox } from './registry.js';

function limits(patient: string, atMs: number): WardRecord {
  return { type: 'limits', patient, limits: NO_LIMITS, by: 'n', atMs };
}

/** An outbox in memory; the SQL one is tested with its registry. */
function outboxOf(records: WardRecord[]): {
  outbox: Pick<Outbox, 'peek' | 'remove'>;
  left: () => number[];
} {
  let waiting = records.map((record, id) => ({
    id,
    key: record.type === 'limits' ? record.patient : '',
    record,
  }));
  return {
    left: () => waiting.map(({ id }) => id),
    outbox: {
      peek: (limit) => Promise.resolve(waiting.slice(0, limit)),
      remove: (ids) => {
        waiting = waiting.filter(({ id }) => !ids.includes(id));
        return Promise.resolve();
      },
    },
  };
}

describe('drainOutbox', () => {
  it('appends in order and leaves nothing; a ward’s limits go to every partition', async () => {
    const records = Array.from({ length: 600 }, (_, i) => limits(`p${i}`, i));
    const { outbox, left } = outboxOf([limits(limitsKeyOf('a'), 0), ...records]);
    const appended: { key: string; partition?: number; atMs: number }[] = [];
    const journal: WardStream = {
      partitions: 3,
      append: (_stream, batch) => {
        for (const { value, ...record } of batch)
          appended.push({ ...record, atMs: (decodeWardRecord(value) as { atMs: number }).atMs });
        return Promise.resolve();
      },
    };
    expect(await drainOutbox({ outbox }, journal)).toBe(601);
    expect(left()).toEqual([]);
    expect(appended.slice(0, 4)).toEqual([
      { key: 'ward:a', partition: 0, atMs: 0 },
      { key: 'ward:a', partition: 1, atMs: 0 },
      { key: 'ward:a', partition: 2, atMs: 0 },
      { key: 'p0', atMs: 0 },
    ]);
    expect(appended.slice(3).map(({ key }) => key)).toEqual(records.map((_, i) => `p${i}`));
  });

  it('keeps everything when the journal takes nothing', async () => {
    const { outbox, left } = outboxOf([limits('p1', 1)]);
    const journal: WardStream = {
      partitions: 1,
      append: () => Promise.reject(new Error('the disk is full')),
    };
    await expect(drainOutbox({ outbox }, journal)).rejects.toThrow('the disk is full');
    expect(left()).toEqual([0]);
  });
});
