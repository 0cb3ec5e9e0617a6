import { describe, expect, it } from '@jest/globals';
import { NO_LIMITS, type WardRecord } from '@app/contracts';
import { JournalWriteError } from '@app/journal';
import { OutboxDrain } from './outbox-drain.js';

/** An outbox and a journal in memory: the order of calls is what is looked at. */
function parts() {
  let waiting: { id: number; key: string; record: WardRecord }[] = [];
  let id = 0;
  const appended: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  let problem: Error | null = null;
  return {
    change: (patient: string): void => {
      const record: WardRecord = { type: 'limits', patient, limits: NO_LIMITS, by: 'n', atMs: 1 };
      waiting.push({ id: id++, key: patient, record });
    },
    appended,
    hold: (): (() => void) => {
      let open: () => void = () => undefined;
      gate = new Promise((resolve) => (open = resolve));
      return () => open();
    },
    fail: (error: Error | null): void => {
      problem = error;
    },
    registry: {
      outbox: {
        peek: () => Promise.resolve([...waiting]),
        remove: (ids: readonly number[]) => {
          waiting = waiting.filter((entry) => !ids.includes(entry.id));
          return Promise.resolve();
        },
      },
    },
    journal: {
      partitions: 1,
      append: async (_: string, records: readonly { key: string }[]) => {
        await gate;
        if (problem !== null) throw problem;
        appended.push(...records.map(({ key }) => key));
        return [];
      },
    },
  };
}

describe('OutboxDrain', () => {
  it('records each change once, also those that come while it records others', async () => {
    const { registry, journal, appended, change, hold } = parts();
    const drain = new OutboxDrain(registry, journal, { nowMs: () => 0 });
    const go = hold();
    change('p1');
    const first = drain.run();
    change('p2');
    const second = drain.run();
    expect(drain.run()).toBe(second);
    go();
    await first;
    await second;
    expect(appended).toEqual(['p1', 'p2']);
    await drain.idle();
  });

  it('says how long changes have been waiting and why, and that they wait no more', async () => {
    let nowMs = 0;
    const { registry, journal, appended, change, fail } = parts();
    const drain = new OutboxDrain(registry, journal, { nowMs: () => nowMs });
    change('p1');
    fail(new JournalWriteError('database or disk is full', { isDiskFull: true }));
    await drain.run();
    nowMs = 12_000;
    await drain.run();
    expect(drain.health()).toEqual({
      ok: false,
      message: 'changes of the registry wait for 12 s to be shown: the disk is full',
    });
    fail(null);
    await drain.run();
    expect(appended).toEqual(['p1']);
    expect(drain.health().ok).toBe(true);
  });
});
