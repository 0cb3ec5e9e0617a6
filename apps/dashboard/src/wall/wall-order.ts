import type { PatientState } from '@app/contracts';

/** A place on the wall: a bed, somebody in it or not, or somebody without a bed. */
export type Place =
  | { kind: 'patient'; key: string; state: PatientState }
  | { kind: 'free'; key: string; bed: string };

const compare = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Every bed of the ward at its own place, in the ward's order, taken or not: nothing on the wall moves when somebody comes or
 * goes. After them whoever lies in a bed that the ward does not list (any more), then who has none, by label.
 */
export function placesOf(beds: readonly string[], patients: Iterable<PatientState>): Place[] {
  const all = [...patients];
  const inBeds = beds.flatMap((bed) => {
    const here = all.filter(({ admission }) => admission?.bed === bed);
    return here.length === 0
      ? [{ kind: 'free' as const, key: `bed ${bed}`, bed }]
      : here.map(placed);
  });
  const others = all
    .filter(({ admission }) => admission?.bed == null || !beds.includes(admission.bed))
    .toSorted((a, b) => compare(rank(a), rank(b)) || compare(a.patient, b.patient))
    .map(placed);
  return [...inBeds, ...others];
}

function placed(state: PatientState): Place {
  return { kind: 'patient', key: state.patient, state };
}

function rank({ admission, patient }: PatientState): string {
  if (admission === null) return `2 ${patient}`;
  return admission.bed === null ? `1 ${admission.label}` : `0 ${admission.bed}`;
}
