import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createExportWriter, readExport } from '@app/journal';
import type { ReplayReport } from '../../apps/cli/src/replay/replay-recordings.js';
import { requirement } from '../requirements.js';
import { vigil } from '../servers/vigil.js';

const SPC = ['spc-DATA_04_TYPE02', 'spc-TEST_S08_T01'];
const BAMI = ['bami-BAMI1_2', 'bami-BAMI2_12'];
const MINUTES = 60_000;
/** Of the recording that is played at speed 1; VIGIL_LONG=1 plays all of it. */
const EXCERPT_SECONDS = 40;

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
    expect(finished.stdout).toMatch(/ 0 missing$/m);
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
    'gives identical results with frames duplicated and shuffled within 4 s',
    async () => {
      const results = resultsOf(await replay(recordings));
      const disturbed = await replay(recordings, '--duplicate', '0.1', '--shuffle', '4');
      expect(disturbed.recordings[0]!.sentFrames).toBeGreaterThan(310);
      expect(resultsOf(disturbed)).toEqual(results);
    },
    6 * MINUTES,
  );

  it(
    'gives identical results at speed 1 and at full speed',
    async () => {
      const isLong = process.env['VIGIL_LONG'] === '1';
      const seconds = isLong ? Number.POSITIVE_INFINITY : EXCERPT_SECONDS;
      const excerpt = await excerptOf(recordings[0]!, seconds, folder);
      const fast = await replay([excerpt]);
      expect(resultsOf(await replay([excerpt], '--speed', '1'))).toEqual(resultsOf(fast));
      if (!isLong) expect(fast.recordings[0]!.results).toBe((EXCERPT_SECONDS - 8) / 2 + 1);
    },
    12 * MINUTES,
  );

  it(
    'says what is wrong with its arguments',
    async () => {
      const none = await vigil('replay', join(folder, 'none.vigil'));
      expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no file') });
      const half = await vigil('replay', recordings[0]!, '--station', 'http://127.0.0.1:1');
      expect(half).toMatchObject({ code: 2, stderr: expect.stringContaining('belong together') });
      const speed = await vigil('replay', recordings[0]!, '--speed', 'fast');
      expect(speed).toMatchObject({ code: 2, stderr: expect.stringContaining('--speed') });
    },
    MINUTES,
  );
});

/** The first seconds of a recording, as a recording: its frames are of one second each. */
async function excerptOf(file: string, seconds: number, folder: string): Promise<string> {
  const path = join(folder, 'excerpt.vigil');
  const { header, records } = await readExport(file);
  const stream = createWriteStream(path);
  const writer = createExportWriter(stream, { stream: header.stream, origin: header.origin });
  let left = seconds;
  for await (const record of records) {
    if (left-- <= 0) break;
    await writer.write(record);
  }
  await writer.end();
  if (!stream.closed) await once(stream, 'close');
  return path;
}
