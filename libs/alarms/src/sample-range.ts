import type { AlarmRule, SampleRange } from '@app/contracts';
import type { PatientAlarms } from './alarm-state.js';

/** How much signal before and after the moment belongs to an alarm, µs: 20 s together. */
const BEFORE_US = 15e6;
const AFTER_US = 5e6;
/** Of a blow. */
const AROUND_US = 10e6;

/** Where the signal around the moment is, or null when there is none to speak of. */
export function sampleRangeOf(
  rule: AlarmRule,
  { latest, fall }: PatientAlarms,
): SampleRange | null {
  if (rule === 'fall' && fall !== null)
    return range(fall, fall.atMonotonicUs, AROUND_US, AROUND_US);
  return latest === null ? null : range(latest, latest.endMonotonicUs, BEFORE_US, AFTER_US);
}

function range(
  { device, bootId }: { device: string; bootId: string },
  atUs: number,
  beforeUs: number,
  afterUs: number,
): SampleRange {
  return {
    device,
    bootId,
    fromMonotonicUs: Math.max(0, atUs - beforeUs),
    toMonotonicUs: atUs + afterUs,
  };
}
