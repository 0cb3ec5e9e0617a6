import type { HealthRecord, Origin, WardStatusRecord } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { PatientAlarms } from './alarm-state.js';
import type { PartitionState } from './partition-state.js';

/** Silence that counts for a group, ms: well before a patient's own no-data alarm. */
const SILENT_AFTER_MS = 10_000;
/** Who fell silent within this time fell silent together, ms. */
const TOGETHER_MS = 30_000;
/** A group is at least this share of those who should send. */
const LEAST_SHARE = 0.25;
/** A processor that is further behind the last tick stands still, ms. */
const PROCESSOR_DUE_MS = 5_000;
/** A part that has not spoken for this long says nothing any more, ms. */
const HEALTH_DUE_MS = 90_000;

/** What is seen of a partition: its own state and its patients. */
export interface PartitionView {
  partition: PartitionState;
  patients: Iterable<PatientAlarms>;
}

/**
 * How every ward is as a whole, over all partitions. Pure; its host appends what it says to `ward`, so that a replay sees
 * what was said then.
 */
export function wardOverview(
  views: readonly PartitionView[],
  origin: Origin,
  atMs: number,
): Omit<WardStatusRecord, 'home'>[] {
  const ages = silencesByWard(views);
  const troubles = troublesOf(views, atMs);
  return [...ages].map(([ward, patients]) => {
    const silent = togetherSilent(patients);
    return {
      type: 'ward-status',
      patient: `ward:${ward}`,
      origin,
      expected: patients.length,
      silent: silent.toSorted(),
      because: troubles.isProcessorStill ? 'processor' : 'links',
      models: troubles.models,
      storage: troubleOf(views, 'storage', '', atMs),
      canary: troubleOf(views, 'canary', '', atMs),
      unwatched: troubleOf(views, 'dashboards', ward, atMs),
      atMs,
    };
  });
}

interface Silence {
  patient: string;
  forMs: number;
}

/** Patients who should send all the time, and have sent, by ward; wards that are known by their limits are all there. */
function silencesByWard(views: readonly PartitionView[]): Map<string, Silence[]> {
  const byWard = new Map<string, Silence[]>();
  for (const { partition, patients } of views) {
    for (const ward of Object.keys(partition.wards)) if (!byWard.has(ward)) byWard.set(ward, []);
    for (const { patient, admission, latest, returnCheck } of patients) {
      if (admission === null || latest === null) continue;
      if (returnCheck !== null && !returnCheck.returned) continue;
      if (!admission.devices.some(({ mode }) => mode === 'continuous')) continue;
      const silence = { patient, forMs: partition.clockMs - latest.clockMs };
      byWard.set(admission.ward, [...(byWard.get(admission.ward) ?? []), silence]);
    }
  }
  return byWard;
}

/** The largest group that fell silent within `TOGETHER_MS`; empty when it is too small for one alarm. */
function togetherSilent(patients: readonly Silence[]): string[] {
  const silent = patients
    .filter(({ forMs }) => forMs >= SILENT_AFTER_MS)
    .toSorted((a, b) => a.forMs - b.forMs);
  let largest: Silence[] = [];
  for (const [from, first] of silent.entries()) {
    const group = silent.slice(from).filter(({ forMs }) => forMs - first.forMs <= TOGETHER_MS);
    if (group.length > largest.length) largest = group;
  }
  const least = Math.max(
    ALARM_RULES['link-lost'].raiseLevel as number,
    LEAST_SHARE * patients.length,
  );
  return largest.length >= least ? largest.map(({ patient }) => patient) : [];
}

function troublesOf(
  views: readonly PartitionView[],
  atMs: number,
): { isProcessorStill: boolean; models: string | null } {
  const processors = views.flatMap(({ partition }) => Object.values(partition.processors));
  return {
    isProcessorStill: processors.some(({ tickMs }) => atMs - tickMs > PROCESSOR_DUE_MS),
    models: processors.find(({ without }) => without !== null)?.without ?? null,
  };
}

const SPEAKERS: Record<HealthRecord['part'], string> = {
  storage: 'the writer of the history',
  canary: 'the watch over the canary',
  dashboards: 'the gateway',
};

/** The newest word of a part: what is wrong with it, or that it says nothing any more; null when all is well. */
function troubleOf(
  views: readonly PartitionView[],
  part: HealthRecord['part'],
  ward: string,
  atMs: number,
): string | null {
  const [newest] = views
    .flatMap(({ partition }) => partition.health[`${part}/${ward}`] ?? [])
    .toSorted((a, b) => b.atMs - a.atMs);
  // A part that this station does not have never speaks.
  if (newest === undefined) return null;
  if (atMs - newest.atMs > HEALTH_DUE_MS) return `Nothing is heard from ${SPEAKERS[part]}`;
  return newest.ok ? null : newest.message;
}
