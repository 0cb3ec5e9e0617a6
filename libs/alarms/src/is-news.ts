import type { VitalSigns } from '@app/contracts';
import type { PatientAlarms } from './alarm-state.js';
import { BACKLOG_AFTER_MS, VALUE_COUNTS_FOR_MS } from './alarm-times.js';
import { cameLater } from './device-links.js';
import type { PartitionState } from './partition-state.js';

/** Whether a result of the live lane is about a moment too long ago. */
export function isBacklog({ endMs }: VitalSigns, { tickMs }: PartitionState): boolean {
  return (tickMs ?? 0) - endMs > BACKLOG_AFTER_MS;
}

/** Whether a result of the live lane says something about now, by the device that is listened to. */
export function isNews(
  vital: VitalSigns,
  state: PatientAlarms,
  partition: PartitionState,
): boolean {
  const { latest } = state;
  if (latest === null) return true;
  const isStale = partition.clockMs - latest.clockMs > VALUE_COUNTS_FOR_MS;
  if (latest.device !== vital.device) return isStale || takesOver(vital, state, partition);
  // After a crash of the processor `ward` says some things again.
  if (latest.bootId === vital.bootId) return vital.window > latest.window;
  return isStale || vital.endMs >= latest.endMs;
}

/**
 * Whether another device of the patient is listened to from now on: it has a number, and the one so far has had none for a
 * while, or came before it. One of them at a time, or a condition would flip between the two.
 */
function takesOver(
  { device, heartRate }: VitalSigns,
  state: PatientAlarms,
  { clockMs }: PartitionState,
): boolean {
  const { latest, lastNumber } = state;
  if (heartRate.bpm === null || latest === null) return false;
  const isWithout = lastNumber === null || clockMs - lastNumber.clockMs > VALUE_COUNTS_FOR_MS;
  return isWithout || cameLater(state, device, latest.device);
}
