import type { AlarmLimits, HealthRecord, WardStatusRecord } from '@app/contracts';
import { LONGEST_TICK_MS } from './alarm-times.js';

/** What belongs to no single patient of a partition. Plain JSON. */
export interface PartitionState {
  /** Of the saved form: another one is not understood, and the machine starts over. */
  version: 4;
  /** Time of the last tick, ms since 1970; null before the first. */
  tickMs: number | null;
  /** The machine's own clock: adds up the ticks, each at most `LONGEST_TICK_MS`. */
  clockMs: number;
  /** By id. */
  wards: Record<string, WardKnowledge>;
  /** The last word of each part of the station that speaks in this partition; of dashboards one for each ward. */
  health: Record<string, HealthRecord>;
  /** The last word of each processor partition that speaks here. */
  processors: Record<string, { tickMs: number; without: string | null }>;
}

export interface WardKnowledge {
  /** Null while nobody has said. */
  limits: AlarmLimits | null;
  limitsMs: number;
  status: WardStatusRecord | null;
  /** The machine's clock when the status came. */
  statusClockMs: number;
}

/** Name of the partition's own state in a checkpoint: no pseudonym holds an asterisk. */
export const PARTITION_KEY = '*';

export function newPartitionState(): PartitionState {
  return { version: 4, tickMs: null, clockMs: 0, wards: {}, health: {}, processors: {} };
}

export function wardOf(partition: PartitionState, ward: string): WardKnowledge {
  return (partition.wards[ward] ??= {
    limits: null,
    limitsMs: 0,
    status: null,
    statusClockMs: 0,
  });
}

/** One tick on. Also when the station's clock was set back while it was down: time goes on from there. */
export function tickOn(partition: PartitionState, atMs: number): void {
  const passedMs = partition.tickMs === null ? 0 : atMs - partition.tickMs;
  partition.clockMs += Math.min(Math.max(passedMs, 0), LONGEST_TICK_MS);
  partition.tickMs = atMs;
}
