import type { VitalSigns } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { PatientAlarms } from './alarm-state.js';

/** Remembers the blow of a result, when it is likely a fall and not one of before. */
export function takeFall(state: PatientAlarms, { fall, device, bootId }: VitalSigns): void {
  if (fall === null || fall === undefined) return;
  if (fall.score < (ALARM_RULES.fall.raiseLevel as number)) return;
  const { score, stillSeconds, atMonotonicUs } = fall;
  const before = state.fall;
  const isOfBefore =
    before?.device === device && before.bootId === bootId && before.atMonotonicUs >= atMonotonicUs;
  if (isOfBefore) return;
  state.fall = { score, stillSeconds, atMonotonicUs, device, bootId, isAnswered: false };
}
