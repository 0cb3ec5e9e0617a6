import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { provisionDevices } from '../devices/provision-devices.js';
import { brokerFlag, countFlag, numberFlag, speedFlag } from '../flags/number-flag.js';
import { UsageError } from '../flags/usage-error.js';
import { StationSession } from '../session/station-session.js';
import { StationProcess, type StationAddresses } from '../station/station-process.js';
import { requireDistinct, scanRecording, type Recording } from './recording-scan.js';
import { replayRecordings, type ReplayReport, type ReplayTarget } from './replay-recordings.js';
import { scoreTable } from './score-table.js';

interface ReplayOptions {
  speed: number;
  duplicate: number;
  shuffle: number;
  seed: number;
  json?: string;
  station?: string;
  broker?: string;
  data?: string;
}

/** `vigil replay`: recordings through MQTT as if worn now, and what the whole pipeline made of them. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('publish recordings through MQTT and compare the results with their reference')
    .argument('<recording...>', '*.vigil files of `vigil convert` or `vigil journal export`')
    .addOption(
      new Option('--speed <factor>', 'recorded seconds per second, or max')
        .argParser(speedFlag)
        .default(Infinity, 'max'),
    )
    .option('--duplicate <probability>', 'send frames twice', numberFlag(0, 1), 0)
    .option(
      '--shuffle <seconds>',
      'let frames overtake each other within this',
      numberFlag(0, 60),
      0,
    )
    .option('--seed <number>', 'of duplicates and shuffling', countFlag(0, 2 ** 31), 1)
    .option('--json <file>', 'write scores and all results to a file as well')
    .option('--station <url>', 'a station that runs already (default: an own one)', stationFlag)
    .option('--broker <url>', 'its broker; with --station', brokerFlag)
    .option('--data <folder>', 'its data folder, of origin replay; with --station')
    .action(replay);
}

async function replay(paths: string[], options: ReplayOptions): Promise<void> {
  const recordings: Recording[] = [];
  for (const path of paths) recordings.push(await scanRecording(path));
  requireDistinct(recordings);
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => ending.abort(new Error('interrupted')));
  }
  const report = await withStation(options, async (target) => {
    const bar = new SingleBar({
      format: '{what} {bar} {percentage} %  {value}/{total}',
      clearOnComplete: true,
    });
    const isShown = process.stderr.isTTY;
    return replayRecordings(recordings, {
      ...options,
      ...target,
      signal: ending.signal,
      onPhase: (what, total) => {
        bar.stop();
        if (isShown) bar.start(total, 0, { what });
      },
      onProgress: (done) => bar.update(done),
      onTrouble: (text) => process.stderr.write(`${text}\n`),
    }).finally(() => bar.stop());
  });
  print(report);
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
  if (report.missingWindows > 0) process.exitCode = 1;
}

async function withStation<T>(
  { station, broker, data }: ReplayOptions,
  run: (target: ReplayTarget) => Promise<T>,
): Promise<T> {
  const given = [station, broker, data].filter((one) => one !== undefined).length;
  if (given !== 0 && given !== 3) {
    throw new UsageError('--station, --broker and --data belong together: all of them or none');
  }
  if (station !== undefined && broker !== undefined && data !== undefined) {
    return runOn({ httpUrl: station, brokerUrl: broker }, data, run);
  }
  mkdirSync('data/replay', { recursive: true });
  const folder = mkdtempSync(join(resolve('data/replay'), 'run-'));
  const own = await StationProcess.start(
    ['--data', folder, '--origin', 'replay', '--mqtt-port', '0', '--http-port', '0'],
    'ignore',
  );
  try {
    return await runOn(own.addresses, folder, run);
  } finally {
    await own.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On a station that runs, signed in from its data folder. */
async function runOn<T>(
  { httpUrl, brokerUrl }: Pick<StationAddresses, 'httpUrl' | 'brokerUrl'>,
  dataFolder: string,
  run: (target: ReplayTarget) => Promise<T>,
): Promise<T> {
  const session = await StationSession.open(dataFolder);
  try {
    return await run({
      httpUrl,
      brokerUrl,
      headers: session.headersFor(httpUrl),
      provision: (devices) => provisionDevices(dataFolder, 'replay', devices),
    });
  } finally {
    await session.close();
  }
}

function print(report: ReplayReport): void {
  const { recordings, total } = report;
  const scored = recordings.flatMap(({ name, score }) => (score === null ? [] : [{ name, score }]));
  if (scored.length > 0) {
    process.stdout.write(scoreTable(scored, { name: 'total', score: total }));
    const mean = report.meanOfRecordingsMaeBpm?.toFixed(2) ?? '-';
    process.stdout.write(`mean of the recordings’ MAE: ${mean} BPM\n`);
  }
  const frames = recordings.reduce((sum, one) => sum + one.sentFrames, 0);
  const results = recordings.reduce((sum, one) => sum + one.results, 0);
  process.stdout.write(
    `${frames} frames acknowledged in ${report.publishSeconds.toFixed(1)} s, ` +
      `${results} results after ${report.seconds.toFixed(1)} s, ${report.missingWindows} missing\n`,
  );
}

function stationFlag(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('must be like http://127.0.0.1:8080.');
  }
  return text;
}
