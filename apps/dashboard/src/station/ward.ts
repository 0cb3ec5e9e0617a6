import type {
  AlarmEvent,
  AudioPause,
  PatientState,
  Snapshot,
  StrayDevice,
  Update,
} from '@app/contracts';

/** The ward as the station told it: every patient's last state, up to one numbered update. */
export interface Ward {
  readonly sequence: number;
  /** The ward's name. */
  readonly title: string;
  readonly patients: ReadonlyMap<string, PatientState>;
  /** Devices that are there and belong to no patient. */
  readonly strays: readonly StrayDevice[];
  /** The ward's own, of no patient. */
  readonly alarms: readonly AlarmEvent[];
  /** Of the ward's own alarms. */
  readonly audioPause: AudioPause | null;
}

export type Updated =
  | { outcome: 'applied'; ward: Ward }
  /** Already part of the snapshot. */
  | { outcome: 'old' }
  /** An update was lost: only a snapshot can repair this. */
  | { outcome: 'missed' };

export function wardOf(snapshot: Snapshot): Ward {
  const { sequence, title, patients, strays, wardAlarms, wardAudioPause } = snapshot;
  return {
    sequence,
    title,
    patients: byPseudonym(patients),
    strays,
    alarms: wardAlarms,
    audioPause: wardAudioPause,
  };
}

export function updated(ward: Ward, update: Update): Updated {
  if (update.sequence <= ward.sequence) return { outcome: 'old' };
  if (update.sequence > ward.sequence + 1) return { outcome: 'missed' };
  const known = update.patients.every(({ patient }) => ward.patients.has(patient));
  const patients = known
    ? new Map(ward.patients)
    : new Map(byPseudonym([...ward.patients.values(), ...update.patients]));
  for (const state of update.patients) patients.set(state.patient, state);
  for (const patient of update.gone) patients.delete(patient);
  return {
    outcome: 'applied',
    ward: {
      ...ward,
      sequence: update.sequence,
      patients,
      strays: update.strays ?? ward.strays,
      alarms: update.wardAlarms ?? ward.alarms,
      audioPause: update.wardAudioPause,
    },
  };
}

/** Numbers in a pseudonym by their value: `W-2` before `W-10`. */
function byPseudonym(states: readonly PatientState[]): Map<string, PatientState> {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return new Map(
    states.map((state) => [state.patient, state] as const).toSorted(([a], [b]) => compare(a, b)),
  );
}
