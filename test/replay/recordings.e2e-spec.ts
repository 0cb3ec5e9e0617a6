import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ReplayReport } from '../../apps/cli/src/replay/replay-recordings.js';
import { requirement } from '../requirements.js';
import { vigil } from '../servers/vigil.js';

const SPC = ['spc-DATA_04_TYPE02', 'spc-TEST_S08_T01'];
const BAMI = ['bami-BAMI1_2', 'bami-BAMI2_12'];
const MINUTES = 60_000;

requirement('datasets')('vigil replay', () => {
  let folder: string;
  let recordings: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-recordings-'));
    for (const [set, names] of [
      ['spc', SPC],
      ['bami', BAMI],
    ] as const) {
      const converted = await vigil('convert', set, '--out', folder, '--only', ...names);
      expect(converted).toMatchObject({ code: 0, stderr: '' });
    }
    recordings = [...SPC, ...BAMI].map((name) => join(folder, `${name}.vigil`));
  }, MINUTES);

  afterAll(() => rmSync(folder, { recursive: true }));

  async function replay(paths: readonly string[], ...flags: string[]): Promise<ReplayReport> {
    const json = join(folder, 'report.json');
    const finished = await vigil('replay', ...paths, '--json', json, ...flags);
    expect(finished).toMatchObject({ code: 0 });
    expect(finished.stdout).toContain('total');
    const report: ReplayReport = JSON.parse(readFileSync(json, 'utf8'));
    return report;
  }

  const resultsOf = ({ recordings: replayed }: ReplayReport) =>
    replayed.map(({ name, windows }) => ({ name, windows }));

  it(
    'gives a result for every window, near the reference',
    async () => {
      const report = await replay(recordings);
      expect(report.missingWindows).toBe(0);
      // as many windows as the authors label; the first label of BAMI2_12 is left out
      expect(report.recordings.map(({ score }) => score?.windows)).toEqual([146, 100, 312, 360]);
      expect(report.total).toMatchObject({ withoutResult: 0, withoutEstimate: 0 });
      expect(report.total.maeBpm).toBeLessThan(4);
      expect(report.total.answered).toBeGreaterThan(0.85);
    },
    3 * MINUTES,
  );

  it(
    'gives identical results at another speed, and with frames duplicated and shuffled',
    async () => {
      const two = recordings.slice(0, 2);
      const results = resultsOf(await replay(two));
      const disturbed = await replay(two, '--duplicate', '0.1', '--shuffle', '4');
      expect(disturbed.recordings[0]!.sentFrames).toBeGreaterThan(310);
      expect(resultsOf(disturbed)).toEqual(results);
      const speed = process.env['VIGIL_LONG'] === '1' ? '1' : '30';
      expect(resultsOf(await replay(two, '--speed', speed))).toEqual(results);
    },
    12 * MINUTES,
  );

  it(
    'says what is wrong with its arguments',
    async () => {
      const none = await vigil('replay', join(folder, 'none.vigil'));
      expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no file') });
      const half = await vigil('replay', recordings[0]!, '--station', 'http://127.0.0.1:1');
      expect(half).toMatchObject({ code: 1, stderr: expect.stringContaining('belong together') });
      const speed = await vigil('replay', recordings[0]!, '--speed', 'fast');
      expect(speed).toMatchObject({ code: 1, stderr: expect.stringContaining('--speed') });
    },
    MINUTES,
  );
});
