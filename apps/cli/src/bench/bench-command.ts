import { runWard, wardOf } from '@app/ward';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROVISIONED_WARD, provisionDevices } from '../devices/provision-devices.js';
import { countFlag } from '../flags/number-flag.js';
import { StationSession } from '../session/station-session.js';
import { type BenchReport, type RoleCost, machineName, printed, roleCost } from './bench-report.js';
import { LatencyProbe } from './latency-probe.js';
import { percentilesOf } from './percentiles.js';
import { BENCH_ROLES, RoleProcesses } from './role-processes.js';

interface BenchOptions {
  wearables: number;
  seconds: number;
  seed: number;
  json?: string;
}

/** Until the first windows are through and caches are warm, s. */
const WARM_UP_SECONDS = 14;
/** How long the last results may take, s. */
const SETTLE_SECONDS = 3;

/** `vigil bench`: what a ward costs and how long a result takes, with every role in a process of its own. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('measure cost and latency with simulated wearables in real time')
    .option('--wearables <count>', 'how many wearables', countFlag(1, 5000), 50)
    .option('--seconds <seconds>', 'how long to measure', countFlag(10, 3600), 30)
    .option('--seed <number>', 'seed of the simulated patients', countFlag(0, 2 ** 31), 1)
    .option('--json <file>', 'write the figures to a file as well')
    .action(bench);
}

async function bench(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
  const processes = await RoleProcesses.start(folder);
  try {
    const report = await measure(options, folder, processes);
    process.stdout.write(printed(report));
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await processes.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

async function measure(
  options: BenchOptions,
  folder: string,
  processes: RoleProcesses,
): Promise<BenchReport> {
  const { wearables, seconds, seed } = options;
  const scenario = wardOf(wearables, seed);
  const secrets = await provisionDevices(folder, 'simulated', scenario.wearables);
  const session = await StationSession.open(folder);
  const headers = session.headersFor(processes.gatewayUrl);
  const probe = new LatencyProbe(processes.gatewayUrl, PROVISIONED_WARD, headers);
  const stopped = new AbortController();
  const running = runWard({
    url: processes.brokerUrl,
    secretOf: (device) => secrets.get(device) ?? '',
    scenario,
    seed,
    bootPrefix: 'bench',
    signal: stopped.signal,
    onTruth: ({ device, bootId, window }) => probe.publishing(device, bootId, window),
  });

  await progress('warming up', WARM_UP_SECONDS);
  const before = await processes.scrape();
  const ownBefore = process.cpuUsage();
  const startedMs = performance.now();
  await progress('measuring', seconds);
  const endedMs = performance.now();
  const after = await processes.scrape();
  const own = process.cpuUsage(ownBefore);
  await sleep(SETTLE_SECONDS * 1000);
  const { published, latenciesMs } = probe.between(startedMs, endedMs);
  stopped.abort();
  await running;
  probe.close();
  await session.close();

  const wearableSeconds = (wearables * (endedMs - startedMs)) / 1000;
  const roles: RoleCost[] = BENCH_ROLES.map((role) =>
    roleCost(role, before.get(role) ?? new Map(), after.get(role) ?? new Map(), wearableSeconds),
  );
  const stationCost = roles.reduce(
    (sum, { cpuMsPerWearableSecond }) => sum + cpuMsPerWearableSecond,
    0,
  );
  roles.push({
    role: 'simulator',
    cpuMsPerWearableSecond: (own.user + own.system) / 1000 / wearableSeconds,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  });
  return {
    machine: machineName(),
    wearables,
    seconds,
    windows: { expected: published, seen: latenciesMs.length },
    latencyMs: percentilesOf(latenciesMs),
    roles,
    wearablesPerCore: 1000 / stationCost,
  };
}

async function progress(what: string, seconds: number): Promise<void> {
  const bar = new SingleBar({ format: `${what} {bar} {value}/{total} s`, clearOnComplete: true });
  if (process.stderr.isTTY) bar.start(seconds, 0);
  for (let second = 0; second < seconds; second++) {
    await sleep(1000);
    bar.increment();
  }
  bar.stop();
}
