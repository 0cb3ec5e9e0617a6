import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { requirement } from '../requirements.js';
import { vigil } from '../servers/vigil.js';

const MINUTE = 60_000;
/** One with its reference on the device's clock, one whose reference runs 2 s late. */
const RECORDINGS = ['spc-DATA_01_TYPE01', 'bami-BAMI1_10'];

requirement('datasets')('vigil alarm-results', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-alarm-results-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (out: string, ...only: string[]) =>
    vigil('alarm-results', '--folds', folder, '--out', out, '--only', ...only);

  it(
    'scores real recordings, the same each time, and says what it cannot test',
    async () => {
      const [first, second] = [join(folder, 'first.md'), join(folder, 'second.md')];
      const finished = await run(first, ...RECORDINGS);
      expect(finished).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('no test on it'),
      });
      const page = readFileSync(first, 'utf8');
      expect(page).toContain('## SPC 2015, hr-bami/1.0.0\n');
      expect(page).toMatch(/^## BAMI, \S+: seen in training, no test$/m);
      expect(page).toContain('BAMI is not tested in full here');
      // both people go beyond 140 BPM for minutes, and an alarm says so
      const [spc, , bami] = page.split(/^## (?:SPC|BAMI)/m).slice(1);
      for (const section of [spc, bami]) {
        const [, long, missed] = /^\| 140 \| (\d+) \| (\d+) \|/m.exec(section ?? '') ?? [];
        expect(Number(long)).toBeGreaterThan(0);
        expect(Number(missed)).toBe(0);
        expect(section).toContain('No false alarm, by either count.');
      }
      await run(second, RECORDINGS[0]!);
      expect(readFileSync(second, 'utf8').split(/^## /m)[2]).toBe(page.split(/^## /m)[2]);
    },
    MINUTE,
  );

  it(
    'names a recording that is not there',
    async () => {
      const finished = await run(join(folder, 'none.md'), 'spc-DATA_99_TYPE01');
      expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining('DATA_99') });
    },
    MINUTE,
  );
});
