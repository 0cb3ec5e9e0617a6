import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { z } from 'zod';
import {
  DEMO_WARD,
  FAULT_KINDS,
  parseScenario,
  runWard,
  wardOf,
  type Scenario,
  type WardReport,
} from '@app/ward';
import { provisionDevices } from '../devices/provision-devices.js';
import {
  brokerFlag,
  countFlag,
  defaultBroker,
  numberFlag,
  speedFlag,
} from '../flags/number-flag.js';
import { faultFlag, withFaults, type FaultFlag } from './fault-flag.js';

interface SimulateOptions {
  wearables?: number;
  seed: number;
  scenario?: string;
  broker: string;
  data: string;
  credentials?: string;
  duration?: number;
  speed: number;
  headStart: number;
  truth?: string;
  drop: number;
  duplicate: number;
  reorder: number;
  clockSkew?: number;
  clockDrift?: number;
  reconnectEvery?: number;
  fault: FaultFlag[];
}

const WEEK_SECONDS = 7 * 86_400;

/** `vigil simulate`: wearables that do not exist, over real MQTT. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('let simulated wearables publish to a station')
    .option('--wearables <count>', 'how many (default: as in the scenario)', countFlag(1, 5000))
    .option('--seed <number>', 'the same seed gives the same samples', countFlag(0, 2 ** 31), 1)
    .option('--scenario <file>', 'JSON, see simulators/ward/README.md (default: the demo ward)')
    .option('--broker <url>', 'the station’s broker', brokerFlag, defaultBroker())
    .option('--data <folder>', 'the station’s folder, to add the devices to', 'data/simulated')
    .option('--credentials <file>', 'JSON {"device": "secret"}, instead of --data')
    .option(
      '--duration <seconds>',
      'of each wearable (default: without end)',
      numberFlag(1, WEEK_SECONDS),
    )
    .option('--speed <factor>', 'seconds per second, or max', speedFlag, 1)
    .option(
      '--head-start <seconds>',
      'already recorded at the start, sent at once',
      numberFlag(0, 8),
      8,
    )
    .option('--truth <file>', 'write true heart rate and activity per window, JSON lines')
    .option('--drop <probability>', 'lose frames', numberFlag(0, 1), 0)
    .option('--duplicate <probability>', 'send frames twice', numberFlag(0, 1), 0)
    .option('--reorder <seconds>', 'hold frames back for up to this long', numberFlag(0, 600), 0)
    .option('--clock-skew <seconds>', 'error of every wall clock', numberFlag(-1e6, 1e6))
    .option('--clock-drift <ppm>', 'how much too fast every clock runs', numberFlag(-1000, 1000))
    .option(
      '--reconnect-every <seconds>',
      'break all connections at once, again and again',
      numberFlag(0.1, WEEK_SECONDS),
    )
    .option(
      '--fault <kind@from[-to][:device]>',
      `${FAULT_KINDS.join(', ')}; repeatable`,
      faultFlag,
      [],
    )
    .action(simulate);
}

async function simulate(options: SimulateOptions): Promise<void> {
  const scenario = scenarioOf(options);
  const secrets = options.credentials
    ? credentialsOf(options.credentials)
    : await provisionDevices(options.data, 'simulated', scenario.wearables);
  for (const { device } of scenario.wearables) {
    if (!secrets.has(device)) throw new Error(`${options.credentials} has no secret of ${device}`);
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const truth = options.truth === undefined ? null : createWriteStream(options.truth);
  const total = (options.duration ?? 0) * scenario.wearables.length;
  const bar = new SingleBar({ format: 'simulating {bar} {percentage} %', clearOnComplete: true });
  if (total > 0 && process.stderr.isTTY) bar.start(total, 0);
  const troubles = new Troubles();

  const report = await runWard({
    url: options.broker,
    secretOf: (device) => secrets.get(device) ?? '',
    scenario,
    seed: options.seed,
    bootPrefix: `sim-${Date.now().toString(36)}`,
    speed: options.speed,
    headStartSeconds: options.headStart,
    delivery: {
      drop: options.drop,
      duplicate: options.duplicate,
      reorderSeconds: options.reorder,
    },
    signal: ending.signal,
    onState: (device, state) => {
      if (state.state === 'refused' || state.state === 'offline') {
        troubles.tell(device, state.state, state.reason);
      }
    },
    onSecond: () => bar.increment(),
    ...(options.duration === undefined ? {} : { durationSeconds: options.duration }),
    ...(options.reconnectEvery === undefined
      ? {}
      : { reconnectEverySeconds: options.reconnectEvery }),
    ...(truth === null ? {} : { onTruth: (window) => truth.write(`${JSON.stringify(window)}\n`) }),
  });
  bar.stop();
  if (truth !== null) await once(truth.end(), 'finish');
  process.stdout.write(sentence(report));
  if (report.frames > 0 && report.acknowledged === 0) process.exitCode = 1;
}

function scenarioOf(options: SimulateOptions): Scenario {
  const written = options.scenario === undefined ? DEMO_WARD : readScenario(options.scenario);
  const scenario = wardOf(options.wearables ?? written.wearables.length, options.seed, written);
  const wearables = scenario.wearables.map((one) => ({
    ...one,
    sensor: {
      ...one.sensor,
      ...(options.clockSkew === undefined ? {} : { clockSkewMs: options.clockSkew * 1000 }),
      ...(options.clockDrift === undefined ? {} : { clockDriftPpm: options.clockDrift }),
    },
  }));
  return withFaults({ ...scenario, wearables }, options.fault);
}

function readScenario(path: string): Scenario {
  const parsed = parseScenario(readFileSync(path, 'utf8'));
  if (!parsed.ok) throw new Error(`--scenario ${path}: ${parsed.message}`);
  return parsed.scenario;
}

function credentialsOf(path: string): Map<string, string> {
  const parsed = z.record(z.string(), z.string()).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`--credentials ${path} must be {"device": "secret", …}`);
  return new Map(Object.entries(parsed.data));
}

/** Tells a trouble once: a station that is away would fill the screen, once per wearable and attempt. */
class Troubles {
  private readonly told = new Set<string>();

  tell(device: string, state: 'refused' | 'offline', reason: string): void {
    const key = `${state} ${reason}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const hint =
      state === 'refused'
        ? 'is --data the folder of this station?'
        : 'trying again; frames wait in the outbox';
    process.stderr.write(`${device} ${state}: ${reason} (${hint})\n`);
  }
}

function sentence(report: WardReport): string {
  return (
    `${report.wearables} wearables lived ${report.wearableSeconds} s together: ${report.frames} frames published, ` +
    `${report.acknowledged} acknowledged, ${report.waiting} still waiting; ${report.dropped} dropped and ` +
    `${report.duplicated} doubled on purpose; ${report.connections} connections\n`
  );
}
