import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openSqliteJournal, readExport, type SqliteJournal } from '@app/journal';
import { openDataFolder } from '@app/registry';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandRunner } from '../testing/run-command.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const vigilJournal = commandRunner('journal/journal-command.ts', 'journalCommand');

describe('vigil journal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-cli-journal-'));
  const data = join(folder, 'data');
  const startMs = Date.parse('2026-03-01T07:00:00Z');
  let journal: SqliteJournal;

  beforeAll(async () => {
    openDataFolder(data, 'simulated', 4);
    let nowMs = startMs;
    const clock = () => nowMs;
    journal = await openSqliteJournal({ folder: join(data, 'journal'), partitions: 4, clock });
    for (; nowMs < startMs + 600_000; nowMs += 60_000) {
      const records = ['watch-1', 'watch-2', 'watch-3'].map((key) => ({
        key,
        value: new Uint8Array(100),
      }));
      await journal.append('frames', records);
    }
  });

  afterAll(async () => {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells what is there, while the journal is open elsewhere', async () => {
    const { code, out } = await vigilJournal('info', '--data', data);
    expect(code).toBe(0);
    expect(out).toContain('simulated data, 4 partitions');
    expect(out).toMatch(
      /^frames +30 +0\.\d +1 +2026-03-01T07:00:00\.000Z +2026-03-01T07:09:00\.000Z$/m,
    );
    expect(out).toMatch(/^events +0 +0\.\d +1 +– +–$/m);

    const json = await vigilJournal('info', '--data', data, '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      origin: 'simulated',
      partitions: 4,
      streams: { frames: { records: 30, segments: 1, oldestMs: startMs }, ward: { records: 0 } },
    });
  });

  it('looks where VIGIL_DATA says', async () => {
    process.env['VIGIL_DATA'] = data;
    const { out } = await vigilJournal('info').finally(() => delete process.env['VIGIL_DATA']);
    expect(out).toContain('simulated data, 4 partitions');
  });

  it('exports a range of some devices', async () => {
    const file = join(folder, 'range.vigil');
    const devices = ['--device', 'watch-1', 'watch-3'];
    const range = ['--from', '2026-03-01T07:02:00Z', '--to', '2026-03-01T07:05:00Z'];
    const target = ['--data', data, '--out', file, '--json'];
    const { code, out } = await vigilJournal('export', ...target, ...devices, ...range);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ out: file, stream: 'frames', records: 6, missing: 0 });
    const { header, records } = await readExport(file);
    expect(header).toMatchObject({ stream: 'frames', origin: 'simulated' });
    const seen: string[] = [];
    for await (const { key, appendMs } of records)
      seen.push(`${key} ${new Date(appendMs).toISOString().slice(14, 19)}`);
    expect(seen.toSorted()).toEqual(
      ['02:00', '03:00', '04:00'].flatMap((at) => [`watch-1 ${at}`, `watch-3 ${at}`]).toSorted(),
    );
  });

  it.each([
    [
      'an impossible stream',
      ['export', '--out', 'x', '--stream', 'rivers'],
      /frames, ward, events/,
    ],
    ['no file', ['export'], /--out <file>/],
    ['an impossible time', ['export', '--out', 'x', '--from', 'noon'], /must be a time such as/],
    [
      'a range that ends before it begins',
      ['export', '--out', 'x', '--from', '2026-03-02', '--to', '2026-03-01'],
      /--from must be before --to/,
    ],
    ['an unknown option', ['info', '--colour'], /unknown option '--colour'/],
  ])('exits with 2 on %s', async (_, args, message) => {
    const { code, err } = await vigilJournal(...args);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('exits with 1 when there is no journal, nothing to export or a file in the way', async () => {
    const none = await vigilJournal('info', '--data', join(folder, 'nowhere'));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('nowhere')]);

    const file = join(folder, 'new.vigil');
    const empty = await vigilJournal('export', '--data', data, '--out', file, '--device', 'nobody');
    expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('no such record')]);
    expect(existsSync(file)).toBe(false);

    writeFileSync(file, 'mine');
    const taken = await vigilJournal('export', '--data', data, '--out', file);
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('is there already')]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });

  it('helps', async () => {
    const { code, out } = await vigilJournal('export', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--device <name...>');
  });
});
