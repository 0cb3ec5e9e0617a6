import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '@app/contracts';
import {
  JournalClosedError,
  JournalFullError,
  JournalOffsetError,
  type Checkpoint,
  type Journal,
  type JournalRecord,
  type NewRecord,
} from '../index.js';
import { collect, newRecord, textOf } from './records.js';

const PARTITIONS = 4;

/** One engine under test. Every test gets an empty journal of its own. */
export interface JournalFactory {
  /** A new, empty journal. `queueRecords`: the bound of its append queue. `clock`: ms since 1970. */
  create(options: {
    partitions: number;
    clock: () => number;
    queueRecords?: number;
  }): Promise<Journal>;
  /** Closes the journal and opens it again, as a restarted program does. */
  reopen(journal: Journal): Promise<Journal>;
  /** The same journal opened a second time, as another process would. */
  second(journal: Journal): Promise<Journal>;
  /** Closes whatever is open and removes all data. */
  cleanUp(): Promise<void>;
}

const all = () => new Map(Array.from({ length: PARTITIONS }, (_, p) => [p, 0]));
const bytes = (text: string) => new TextEncoder().encode(text);
const stateOf = (text: string) => new Map([['a', bytes(text)]]);

function texts(checkpoint: Checkpoint | null) {
  return (
    checkpoint && {
      offset: checkpoint.offset,
      state: Object.fromEntries(
        [...checkpoint.state].map(([key, value]) => [key, Buffer.from(value).toString()]),
      ),
    }
  );
}

/** What every journal promises (see the port's comments), whatever stores it. */
export function describeJournalContract(name: string, factory: JournalFactory): void {
  describe(`journal contract: ${name}`, () => {
    let nowMs: number;
    let journal: Journal;
    let ending: AbortController;

    beforeEach(async () => {
      nowMs = 1_790_000_000_000;
      ending = new AbortController();
      journal = await factory.create({ partitions: PARTITIONS, clock: () => nowMs });
    });

    afterEach(async () => {
      ending.abort();
      await factory.cleanUp();
    });

    const append = (...keys: string[]) =>
      journal.append(
        'frames',
        keys.map((key, i) => newRecord(key, `${key}-${i}`)),
      );
    const consume = (from = all(), of = journal) =>
      of.consume('frames', { from, signal: ending.signal });

    describe('append', () => {
      it('counts offsets from 0 in each partition, in the order of the batch', async () => {
        const keys = Array.from({ length: 40 }, (_, i) => `device-${i}`);
        const positions = await append(...keys);
        const next = new Map<number, number>();
        positions.forEach(({ partition, offset }, i) => {
          expect(partition).toBe(partitionOf(keys[i]!, PARTITIONS));
          expect(offset).toBe(next.get(partition) ?? 0);
          next.set(partition, offset + 1);
        });
        expect(next.size).toBe(PARTITIONS);
      });

      it('puts a record where it is told to, whatever its key', async () => {
        const records = Array.from({ length: PARTITIONS }, (_, partition) => ({
          ...newRecord('tick', 'now'),
          partition,
        }));
        expect(await journal.append('ward', records)).toEqual(
          records.map(({ partition }) => ({ partition, offset: 0 })),
        );
      });

      it('keeps streams apart', async () => {
        await append('a', 'a', 'a');
        const [position] = await journal.append('events', [newRecord('a', 'alarm')]);
        expect(position!.offset).toBe(0);
      });

      it('keeps the order of concurrent calls', async () => {
        const batches = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            journal.append('frames', [newRecord('a', `${i}.0`), newRecord('a', `${i}.1`)]),
          ),
        );
        expect(batches.flat().map(({ offset }) => offset)).toEqual(
          Array.from({ length: 100 }, (_, i) => i),
        );
        const read = await journal.read('frames', batches[0]![0]!.partition, 0, 200);
        expect(read.map(textOf)).toEqual(
          Array.from({ length: 50 }, (_, i) => [`${i}.0`, `${i}.1`]).flat(),
        );
      });

      it('appends all of a batch or nothing', async () => {
        const impossible = { ...newRecord('b', 'b'), partition: PARTITIONS };
        await expect(journal.append('frames', [newRecord('a', 'a'), impossible])).rejects.toThrow(
          /partition/,
        );
        const bounds = await journal.bounds('frames');
        expect(bounds.every(({ next }) => next === 0)).toBe(true);
      });

      it('takes nothing as nothing', async () => {
        expect(await journal.append('frames', [])).toEqual([]);
      });

      it('gives back keys and values byte for byte', async () => {
        const records: NewRecord[] = [
          { key: 'empty', value: new Uint8Array() },
          { key: 'Zürich-😀', value: Uint8Array.from({ length: 256 }, (_, i) => i) },
          { key: 'view', value: new Uint8Array(new ArrayBuffer(64), 8, 16).fill(7) },
          { key: 'large', value: new Uint8Array(100_000).fill(3) },
        ];
        const positions = await journal.append('frames', records);
        for (const [i, { partition, offset }] of positions.entries()) {
          const [record] = await journal.read('frames', partition, offset, 1);
          expect(record!.key).toBe(records[i]!.key);
          expect(Buffer.from(record!.value).equals(records[i]!.value)).toBe(true);
          expect(record).toMatchObject({ stream: 'frames', partition, offset, appendMs: nowMs });
        }
      });

      it('never lets the append time of a partition fall, even if the clock does', async () => {
        for (const step of [0, 10, -5000, 3, 6000]) {
          nowMs += step;
          await append('a');
        }
        const times = await journal.read('frames', partitionOf('a', PARTITIONS), 0, 10);
        expect(times.map(({ appendMs }) => appendMs - 1_790_000_000_000)).toEqual([
          0, 10, 10, 10, 1013,
        ]);
      });

      it('refuses when its queue is full, loses nothing else, and goes on', async () => {
        const small = await factory.create({
          partitions: 1,
          clock: () => nowMs,
          queueRecords: 10,
        });
        const results = await Promise.allSettled(
          Array.from({ length: 50 }, (_, i) => small.append('frames', [newRecord('a', `${i}`)])),
        );
        const refused = results.filter((result) => result.status === 'rejected');
        expect(refused.length).toBeGreaterThan(0);
        for (const { reason } of refused) expect(reason).toBeInstanceOf(JournalFullError);
        const [bounds] = await small.bounds('frames');
        expect(bounds!.next).toBe(50 - refused.length);
        expect(await small.append('frames', [newRecord('a', 'again')])).toEqual([
          { partition: 0, offset: bounds!.next },
        ]);
      });
    });

    describe('consume', () => {
      it('gives what is there, then what comes', async () => {
        await append('a', 'b', 'c');
        const batches = consume()[Symbol.asyncIterator]();
        const seen: JournalRecord[] = [];
        while (seen.length < 3) seen.push(...(await batches.next()).value!);
        const waiting = batches.next();
        await append('a');
        seen.push(...(await waiting).value!);
        expect(seen.map(textOf)).toEqual(expect.arrayContaining(['a-0', 'b-1', 'c-2', 'a-0']));
        expect(seen).toHaveLength(4);
      });

      it('keeps the order of every partition, without a gap', async () => {
        const keys = Array.from({ length: 30 }, (_, i) => `device-${i}`);
        const appending = (async () => {
          for (let i = 0; i < 20; i++) await append(...keys);
        })();
        const seen = await collect(consume(), 600);
        await appending;
        const next = new Map<number, number>();
        for (const { partition, offset } of seen) {
          expect(offset).toBe(next.get(partition) ?? 0);
          next.set(partition, offset + 1);
        }
      });

      it('reads only the partitions that it is given, from where it is told', async () => {
        const partition = partitionOf('a', PARTITIONS);
        const other = Array.from({ length: 20 }, (_, i) => `device-${i}`).filter(
          (key) => partitionOf(key, PARTITIONS) !== partition,
        );
        await append('a', ...other, 'a', ...other, 'a', ...other);
        const seen = await collect(consume(new Map([[partition, 1]])), 2);
        expect(seen.map(({ offset }) => offset)).toEqual([1, 2]);
      });

      it('reads partitions that stand at different offsets', async () => {
        const [a, b] = ['a', 'b'].map((key) => partitionOf(key, PARTITIONS));
        expect(a).not.toBe(b);
        for (let i = 0; i < 20; i++) await append('a', 'b');
        const from = new Map([
          [a!, 15],
          [b!, 3],
        ]);
        const seen = await collect(consume(from), 5 + 17);
        const offsets = (partition: number) =>
          seen.filter((record) => record.partition === partition).map(({ offset }) => offset);
        expect(offsets(a!)).toEqual([15, 16, 17, 18, 19]);
        expect(offsets(b!)).toEqual(Array.from({ length: 17 }, (_, i) => i + 3));
      });

      it('keeps batches below the given size', async () => {
        await append(...Array.from({ length: 50 }, () => 'a'));
        let records = 0;
        const options = { from: all(), signal: ending.signal, maxRecords: 7 };
        for await (const batch of journal.consume('frames', options)) {
          expect(batch.length).toBeLessThanOrEqual(7);
          expect(batch.length).toBeGreaterThan(0);
          records += batch.length;
          if (records === 50) break;
        }
      });

      it('serves several consumers, each at its own pace', async () => {
        await append(...Array.from({ length: 30 }, (_, i) => `device-${i}`));
        const slow = consume()[Symbol.asyncIterator]();
        await slow.next();
        expect(await collect(consume(), 30)).toHaveLength(30);
        await slow.return?.();
      });

      it('ends when its signal says so, while it waits or before', async () => {
        const batches = consume()[Symbol.asyncIterator]();
        const waiting = batches.next();
        ending.abort();
        expect(await waiting).toEqual({ done: true, value: undefined });
        expect(await consume()[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
      });

      it('ends when the journal is closed', async () => {
        const waiting = consume()[Symbol.asyncIterator]().next();
        await journal.close();
        expect(await waiting).toMatchObject({ done: true });
      });

      it('refuses an offset that was never written', async () => {
        await append('a');
        const from = new Map([[partitionOf('a', PARTITIONS), 2]]);
        await expect(consume(from)[Symbol.asyncIterator]().next()).rejects.toThrow(
          JournalOffsetError,
        );
      });

      it('sees what another process appends', async () => {
        const other = await factory.second(journal);
        const seen = collect(consume(), 3);
        await append('a');
        await other.append('frames', [newRecord('b', 'b'), newRecord('c', 'c')]);
        expect((await seen).map(({ key }) => key).toSorted()).toEqual(['a', 'b', 'c']);
      });
    });

    describe('read', () => {
      it('gives at most the limit, from the offset on, and nothing beyond the end', async () => {
        const partition = partitionOf('a', PARTITIONS);
        await append(...Array.from({ length: 10 }, () => 'a'));
        const offsets = async (offset: number, limit: number) =>
          (await journal.read('frames', partition, offset, limit)).map((record) => record.offset);
        expect(await offsets(0, 3)).toEqual([0, 1, 2]);
        expect(await offsets(8, 5)).toEqual([8, 9]);
        expect(await offsets(10, 5)).toEqual([]);
        await expect(journal.read('frames', PARTITIONS, 0, 1)).rejects.toThrow(/partition/);
      });

      it('finds an offset by time', async () => {
        const partition = partitionOf('a', PARTITIONS);
        const startMs = nowMs;
        for (let i = 0; i < 10; i++) {
          await append('a', 'a');
          nowMs += 1000;
        }
        const at = (ms: number) => journal.offsetAt('frames', partition, startMs + ms);
        expect(await at(-1)).toBe(0);
        expect(await at(0)).toBe(0);
        expect(await at(1)).toBe(2);
        expect(await at(5000)).toBe(10);
        expect(await at(9000)).toBe(18);
        expect(await at(9001)).toBe(20);
      });

      it('knows the bounds of every partition', async () => {
        await append('a', 'a');
        const bounds = await journal.bounds('frames');
        expect(bounds).toHaveLength(PARTITIONS);
        expect(bounds[partitionOf('a', PARTITIONS)]).toEqual({ oldest: 0, next: 2 });
        expect(bounds.reduce((sum, { next }) => sum + next, 0)).toBe(2);
      });
    });

    describe('checkpoints', () => {
      it('knows none before the first commit', async () => {
        expect(await journal.checkpoint('processor', 0)).toBeNull();
      });

      it('replaces the named keys, keeps the others, removes the deleted', async () => {
        await journal.commit('processor', [
          {
            partition: 1,
            offset: 5,
            state: new Map([
              ['a', bytes('a1')],
              ['b', bytes('b1')],
              ['c', bytes('c1')],
            ]),
          },
        ]);
        await journal.commit('processor', [
          { partition: 1, offset: 9, state: new Map([['b', bytes('b2')]]), deleted: ['c', 'd'] },
        ]);
        expect(texts(await journal.checkpoint('processor', 1))).toEqual({
          offset: 9,
          state: { a: 'a1', b: 'b2' },
        });
      });

      it('keeps consumers and partitions apart', async () => {
        await journal.commit('processor', [
          { partition: 0, offset: 1, state: stateOf('p0') },
          { partition: 1, offset: 2, state: stateOf('p1') },
        ]);
        await journal.commit('alarms', [{ partition: 0, offset: 3, state: stateOf('a0') }]);
        expect(texts(await journal.checkpoint('processor', 0))).toEqual({
          offset: 1,
          state: { a: 'p0' },
        });
        expect(texts(await journal.checkpoint('processor', 1))).toEqual({
          offset: 2,
          state: { a: 'p1' },
        });
        expect(texts(await journal.checkpoint('alarms', 0))).toEqual({
          offset: 3,
          state: { a: 'a0' },
        });
      });

      it('saves all partitions of a commit or none', async () => {
        await expect(
          journal.commit('processor', [
            { partition: 0, offset: 1, state: new Map() },
            { partition: PARTITIONS, offset: 1, state: new Map() },
          ]),
        ).rejects.toThrow(/partition/);
        expect(await journal.checkpoint('processor', 0)).toBeNull();
      });

      it('saves the state as it was when it was given', async () => {
        const value = bytes('before');
        const saved = journal.commit('processor', [
          { partition: 0, offset: 1, state: new Map([['a', value]]) },
        ]);
        value.fill(0);
        await saved;
        expect(texts(await journal.checkpoint('processor', 0))?.state).toEqual({ a: 'before' });
      });
    });

    describe('a restart', () => {
      it('keeps records, offsets, times and checkpoints', async () => {
        const partition = partitionOf('a', PARTITIONS);
        await append('a', 'a');
        await journal.commit('processor', [
          { partition, offset: 1, state: new Map([['a', Uint8Array.of(1, 2)]]) },
        ]);
        journal = await factory.reopen(journal);
        nowMs -= 60_000;
        expect(await append('a')).toEqual([{ partition, offset: 2 }]);
        const seen = await collect(consume(new Map([[partition, 0]])), 3);
        expect(seen.map(({ offset }) => offset)).toEqual([0, 1, 2]);
        expect(new Set(seen.map(({ appendMs }) => appendMs)).size).toBe(1);
        const checkpoint = await journal.checkpoint('processor', partition);
        expect(checkpoint?.offset).toBe(1);
        expect([...(checkpoint?.state.get('a') ?? [])]).toEqual([1, 2]);
      });

      it('makes what was under way durable before it closes', async () => {
        const partition = partitionOf('a', PARTITIONS);
        const pending = Promise.all(Array.from({ length: 20 }, () => append('a')));
        journal = await factory.reopen(journal);
        await pending;
        expect((await journal.bounds('frames'))[partition]!.next).toBe(20);
      });

      it('refuses everything after it was closed', async () => {
        await journal.close();
        await expect(append('a')).rejects.toThrow(JournalClosedError);
        await expect(journal.bounds('frames')).rejects.toThrow(JournalClosedError);
        await expect(journal.checkpoint('processor', 0)).rejects.toThrow(JournalClosedError);
      });
    });
  });
}
