import { cpus } from 'node:os';
import type { Percentiles } from './percentiles.js';
import { type Scrape, total } from './process-metrics.js';
import type { BenchRole } from './role-processes.js';

export interface RoleCost {
  role: BenchRole | 'simulator';
  /** CPU time per second of one wearable's samples, ms. */
  cpuMsPerWearableSecond: number;
  residentMegabytes: number;
}

export interface BenchReport {
  machine: string;
  wearables: number;
  seconds: number;
  /** Windows whose result came, and those that should have. */
  windows: { expected: number; seen: number };
  latencyMs: Percentiles | null;
  roles: RoleCost[];
  /** Wearables that one core would carry at this cost, all roles together. */
  wearablesPerCore: number;
}

const CPU = 'process_cpu_seconds_total';
const MEMORY = 'process_resident_memory_bytes';

export function roleCost(
  role: BenchRole,
  before: Scrape,
  after: Scrape,
  wearableSeconds: number,
): RoleCost {
  const cpuSeconds = total(after, CPU) - total(before, CPU);
  return {
    role,
    cpuMsPerWearableSecond: (cpuSeconds * 1000) / wearableSeconds,
    residentMegabytes: total(after, MEMORY) / 1e6,
  };
}

export function machineName(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
}

/** The report as text for a terminal. */
export function printed(report: BenchReport): string {
  const { latencyMs } = report;
  const rows = report.roles.map(
    ({ role, cpuMsPerWearableSecond, residentMegabytes }) =>
      `  ${role.padEnd(10)} ${cpuMsPerWearableSecond.toFixed(3).padStart(8)} ms ${residentMegabytes.toFixed(0).padStart(6)} MB`,
  );
  const latency =
    latencyMs === null
      ? 'no result came'
      : `p50 ${latencyMs.p50.toFixed(0)} ms, p95 ${latencyMs.p95.toFixed(0)} ms, p99 ${latencyMs.p99.toFixed(0)} ms, most ${latencyMs.max.toFixed(0)} ms`;
  return [
    report.machine,
    `${report.wearables} wearables in real time for ${report.seconds} s; windows with a result: ${report.windows.seen} of ${report.windows.expected}`,
    `from the publishing of a window's last sample to the socket event: ${latency}`,
    'CPU time per wearable-second, and memory:',
    ...rows,
    `one core would carry about ${Math.floor(report.wearablesPerCore)} wearables (all roles, without the simulator)`,
    '',
  ].join('\n');
}
