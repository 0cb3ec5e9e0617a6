/**
 * Running signals on one wall at most: each is a subscription at the station and a drawing in every frame. With the ward's own
 * room it is far below the station's `roomsPerClient`.
 */
export const OPEN_SIGNALS_MAX = 4;

/** Whose signals run on the wall, the one opened first at the front. */
export interface OpenSignals {
  readonly patients: readonly string[];
  /** Who had to make room for the one opened last; null: nobody. */
  readonly closed: string | null;
}

export const NO_SIGNALS: OpenSignals = { patients: [], closed: null };

/**
 * Opens or closes one; beyond the bound the one that was opened first makes room, and that is said. Who has left takes no place.
 * @param isHere whether a patient is on the wall now
 */
export function toggled(
  open: OpenSignals,
  patient: string,
  isHere: (patient: string) => boolean,
): OpenSignals {
  const { patients } = onlyOf(open, isHere);
  if (patients.includes(patient)) {
    return { patients: patients.filter((one) => one !== patient), closed: null };
  }
  const all = [...patients, patient];
  const closed = all.length > OPEN_SIGNALS_MAX ? (all.shift() ?? null) : null;
  return { patients: all, closed };
}

/** Who has left the wall has no signal on it. */
export function onlyOf(open: OpenSignals, isHere: (patient: string) => boolean): OpenSignals {
  return open.patients.every(isHere)
    ? open
    : { patients: open.patients.filter(isHere), closed: open.closed };
}
