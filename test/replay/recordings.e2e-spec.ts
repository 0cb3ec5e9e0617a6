import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createExportWriter, readExport } from '@app/journal';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requirement } from '../requirements.js';

const VIGIL = join(import.meta.dirname, '../../dist/apps/cli/src/main.js');
const DEVICES = {
  spc: ['spc-DATA_01_TYPE01', 'spc-TEST_S02_T01'],
  bami: ['bami-BAMI1_1', 'bami-BAMI2_1'],
};
/** Seconds of the excerpt that is played at speed 1. */
const EXCERPT_SECONDS = 40;
const execute = promisify(execFile);

interface Played {
  recordings: {
    name: string;
    expectedWindows: number;
    results: number;
    score: { maeBpm: number; answered: number; withoutEstimate: number };
    windows: { window: number; result: object | null }[];
  }[];
  total: { maeBpm: number; answered: number };
}

/** The whole way, as a user goes it: `vigil convert`, then `vigil replay` through MQTT into a station of its own. */
requirement('datasets')('public recordings through the whole pipeline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-replay-'));
  const recordings: string[] = [];

  const vigil = (...args: string[]) =>
    execute(process.execPath, [VIGIL, ...args], { cwd: folder, maxBuffer: 2 ** 26 });

  const replay = async (files: readonly string[], ...flags: string[]): Promise<Played> => {
    const json = join(folder, 'scores.json');
    await vigil('replay', ...files, '--json', json, ...flags);
    return JSON.parse(readFileSync(json, 'utf8')) as Played;
  };

  const results = ({ recordings: played }: Played) =>
    played.map(({ name, windows }) => ({
      name,
      windows: windows.map(({ window, result }) => ({ window, result })),
    }));

  beforeAll(async () => {
    const datasets = process.env['VIGIL_DATASETS'] ?? '';
    await vigil(
      'convert',
      'spc',
      join(datasets, 'spcup2015'),
      '--out',
      folder,
      '--only',
      ...DEVICES.spc,
    );
    await vigil(
      'convert',
      'bami',
      join(datasets, 'bami'),
      '--out',
      folder,
      '--only',
      ...DEVICES.bami,
    );
    recordings.push(
      ...[...DEVICES.spc, ...DEVICES.bami].map((device) => join(folder, `${device}.vigil`)),
    );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let undisturbed: Played;

  it('every window comes out, with errors that a spectral peak alone does not reach', async () => {
    undisturbed = await replay(recordings, '--speed', 'max');
    for (const { expectedWindows, results: count, score } of undisturbed.recordings) {
      expect(count).toBe(expectedWindows);
      expect(score.withoutEstimate).toBe(0);
    }
    expect(undisturbed.total.maeBpm).toBeLessThan(4);
    expect(undisturbed.total.answered).toBeGreaterThan(0.85);
  }, 180_000);

  it('gives identical results with 10 % of the frames duplicated and all shuffled within 4 s', async () => {
    const disturbed = await replay(
      recordings,
      '--speed',
      'max',
      '--duplicate',
      '0.1',
      '--shuffle',
      '4',
    );
    expect(results(disturbed)).toEqual(results(undisturbed));
  }, 180_000);

  it('gives identical results at speed 1 and at full speed', async () => {
    const excerpt = await excerptOf(recordings[0] ?? '', EXCERPT_SECONDS, folder);
    const fast = await replay([excerpt], '--speed', 'max');
    const slow = await replay([excerpt], '--speed', '1');
    expect(results(slow)).toEqual(results(fast));
    expect(fast.recordings[0]?.results).toBe((EXCERPT_SECONDS - 8) / 2 + 1);
  }, 240_000);
});

/** The first frames of a recording, as a recording. */
async function excerptOf(file: string, seconds: number, folder: string): Promise<string> {
  const path = join(folder, 'excerpt.vigil');
  const { header, records } = await readExport(file);
  const stream = createWriteStream(path);
  const writer = createExportWriter(stream, { stream: header.stream, origin: header.origin });
  let left = seconds;
  for await (const record of records) {
    if (left-- === 0) break;
    await writer.write(record);
  }
  await writer.end();
  if (!stream.closed) await once(stream, 'close');
  return path;
}
