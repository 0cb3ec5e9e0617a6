import { WARD } from '@app/alarms';
import type { AlarmLimits, LimitsRecord } from '@app/contracts';

/** The limits in force: a patient's own, else the ward's. */
export class LimitsBoard {
  private readonly records = new Map<string, LimitsRecord>();

  /** @returns whether it changes limits; an older record, or one that says the same, does not. */
  apply(record: LimitsRecord): boolean {
    const known = this.records.get(record.patient);
    if (known !== undefined && (record.atMs < known.atMs || isSame(known.limits, record.limits))) {
      return false;
    }
    this.records.set(record.patient, record);
    return true;
  }

  limitsOf(patient: string): AlarmLimits | null {
    return (this.records.get(patient) ?? this.records.get(WARD))?.limits ?? null;
  }

  record(patient: string): LimitsRecord | undefined {
    return this.records.get(patient);
  }
}

function isSame(a: AlarmLimits, b: AlarmLimits): boolean {
  return a.heartRateHighBpm === b.heartRateHighBpm && a.heartRateLowBpm === b.heartRateLowBpm;
}
