import { type AlarmLimits, type LimitsRecord, completeLimits, limitsKeyOf } from '@app/contracts';

export interface ShownLimits {
  limits: AlarmLimits;
  of: 'patient' | 'ward';
}

/** The limits in force: a patient's own, else those of the ward. */
export class LimitsBoard {
  private readonly records = new Map<string, LimitsRecord>();

  /** @returns whether it changes limits; an older record, or one that says the same, does not. */
  apply(record: LimitsRecord): boolean {
    const known = this.records.get(record.patient);
    const limits = record.limits === null ? null : completeLimits(record.limits);
    if (known !== undefined && (record.atMs < known.atMs || isSame(known.limits, limits))) {
      return false;
    }
    this.records.set(record.patient, { ...record, limits });
    return true;
  }

  /** @param ward where the patient is; null for nobody's ward, whose limits nobody knows. */
  limitsOf(patient: string, ward: string | null): ShownLimits | null {
    const own = this.records.get(patient)?.limits ?? null;
    if (own !== null) return { limits: own, of: 'patient' };
    const wards = ward === null ? null : (this.records.get(limitsKeyOf(ward))?.limits ?? null);
    return wards === null ? null : { limits: wards, of: 'ward' };
  }

  /** @param key a patient, or the key of a ward. */
  record(key: string): LimitsRecord | undefined {
    return this.records.get(key);
  }

  forget(key: string): void {
    this.records.delete(key);
  }
}

function isSame(a: AlarmLimits | null, b: AlarmLimits | null): boolean {
  if (a === null || b === null) return a === b;
  return (Object.keys(a) as (keyof AlarmLimits)[]).every((name) => a[name] === b[name]);
}
