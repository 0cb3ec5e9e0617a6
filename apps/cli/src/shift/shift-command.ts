import { parseScenario, type Scenario, scriptedShift } from '@app/ward';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { countFlag, numberFlag } from '../flags/number-flag.js';
import { printed, reportOf } from './shift-report.js';
import { runShift } from './run-shift.js';

interface ShiftOptions {
  seed: number;
  margin: number;
  json?: string;
}

/** `vigil shift`: a station of its own lives through a scripted shift, and must raise exactly the alarms that are written in it. */
export function shiftCommand(): Command {
  return new Command('shift')
    .description('let a scripted shift happen to a station of its own, and check every alarm')
    .argument('[scenario]', 'JSON, see simulators/ward/README.md (default: the scripted shift)')
    .option('--seed <number>', 'the same seed gives the same samples', countFlag(0, 2 ** 31), 1)
    .option(
      '--margin <seconds>',
      'how much later than disclosed an alarm may be on the screen',
      numberFlag(0, 60),
      1,
    )
    .option('--json <file>', 'write the result to a file as well')
    .action(shift);
}

async function shift(path: string | undefined, options: ShiftOptions): Promise<void> {
  const scenario = path === undefined ? scriptedShift() : readScenario(path);
  const lastsSeconds = lengthOf(scenario);
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const bar = new SingleBar({ format: 'shift {bar} {value}/{total} s', clearOnComplete: true });
  if (process.stderr.isTTY) bar.start(lastsSeconds, 0);
  const run = await runShift(scenario, {
    lastsSeconds,
    seed: options.seed,
    onSecond: () => bar.increment(),
    signal: ending.signal,
  });
  bar.stop();
  if (ending.signal.aborted) throw new Error('the shift was broken off');
  const report = reportOf(scenario, lastsSeconds, run, options.margin);
  process.stdout.write(printed(report));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exit(report.ok ? 0 : 1);
}

function readScenario(path: string): Scenario {
  const parsed = parseScenario(readFileSync(path, 'utf8'));
  if (!parsed.ok) throw new Error(`${path}: ${parsed.message}`);
  return parsed.scenario;
}

/** @throws an Error when the scenario does not say what must come. */
function lengthOf({ lastsSeconds, wearables, expected }: Scenario): number {
  if (lastsSeconds === undefined) throw new Error('the scenario does not say lastsSeconds');
  if (expected === undefined)
    throw new Error('the scenario does not say which alarms of the ward it expects: [] for none');
  for (const one of wearables) {
    if (one.expected === undefined)
      throw new Error(`the scenario does not say which alarms ${one.device} expects: [] for none`);
    if (one.repeatSeconds !== undefined)
      throw new Error(`${one.device}: a shift does not repeat anything`);
  }
  return lastsSeconds;
}
