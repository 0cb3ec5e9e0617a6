import { WARD } from '@app/alarms';
import type { EventRecord, LimitsRecord, PatientState, WardRecord } from '@app/contracts';
import { type AlarmView, nextAlarmView } from './alarm-view.js';
import { LimitsBoard } from './limits-board.js';
import { type WardView, shownDevice, withLink, withVital } from './ward-view.js';

/** What a record changed: the patients to show anew, and the part of the wall to save anew. */
export interface WallChange {
  patients: readonly string[];
  /** Names a part for `saved` and `restore`. */
  key: string;
}

/** A part of the wall as it is saved with an offset. */
export type SavedPart =
  | { type: 'ward'; patient: string; view: WardView }
  | { type: 'limits'; record: LimitsRecord }
  | { type: 'alarms'; patient: string; view: AlarmView };

/** The state of every patient, from `ward` and `events`. No age is kept, only times: what is old stays visibly old. */
export class Wall {
  private readonly ward = new Map<string, WardView>();
  private readonly alarms = new Map<string, AlarmView>();
  private readonly limits = new LimitsBoard();

  /**
   * @param appendMs when the record was appended, ms since 1970.
   * @returns null when the record says nothing new.
   */
  applyWard(record: WardRecord, appendMs: number): WallChange | null {
    switch (record.type) {
      case 'vitals': {
        const { patient } = record.vital;
        return this.view(patient, withVital(this.ward.get(patient), record.vital, appendMs));
      }
      case 'link':
        return this.view(record.patient, withLink(this.ward.get(record.patient), record));
      case 'limits': {
        const { patient } = record;
        if (!this.limits.apply(record)) return null;
        const patients = patient === WARD ? [...this.ward.keys()] : [patient];
        return { patients, key: `limits/${patient}` };
      }
      case 'acknowledge':
      case 'progress':
      case 'tick':
        return null;
    }
  }

  /** @returns null when the record says nothing new. */
  applyEvent(record: EventRecord): WallChange | null {
    if (record.type !== 'alarm') return null;
    const { patient } = record;
    const before = this.alarms.get(patient);
    const after = nextAlarmView(before, record);
    if (after === before) return null;
    this.alarms.set(patient, after);
    return { patients: [patient], key: `alarms/${patient}` };
  }

  state(patient: string): PatientState | null {
    const ward = this.ward.get(patient);
    const alarms = [...(this.alarms.get(patient)?.active ?? [])];
    const device = ward === undefined ? undefined : shownDevice(ward);
    // the two streams are followed apart: an alarm that comes before its patient is shown all the same
    const origin = ward?.origin ?? alarms[0]?.origin;
    if (origin === undefined) return null;
    return {
      patient,
      origin,
      device: device?.device ?? '',
      connected: device?.connected ?? false,
      connectedSinceMs: device?.sinceMs ?? alarms[0]?.sinceMs ?? 0,
      lastDataMs: ward?.lastDataMs ?? null,
      vital: ward?.vital ?? null,
      limits: this.limits.limitsOf(patient),
      alarms,
    };
  }

  /** By pseudonym. */
  states(): PatientState[] {
    const names = new Set([...this.ward.keys(), ...this.alarms.keys()]);
    return [...names]
      .toSorted()
      .map((patient) => this.state(patient))
      .filter((state) => state !== null);
  }

  /** Devices that the patient was heard from, the last first. */
  devicesOf(patient: string): string[] {
    return this.ward.get(patient)?.devices.map(({ device }) => device) ?? [];
  }

  /** @param key as in `WallChange`. */
  saved(key: string): SavedPart | null {
    const slash = key.indexOf('/');
    const patient = key.slice(slash + 1);
    switch (key.slice(0, slash)) {
      case 'ward': {
        const view = this.ward.get(patient);
        return view === undefined ? null : { type: 'ward', patient, view };
      }
      case 'alarms': {
        const view = this.alarms.get(patient);
        return view === undefined ? null : { type: 'alarms', patient, view };
      }
      default: {
        const record = this.limits.record(patient);
        return record === undefined ? null : { type: 'limits', record };
      }
    }
  }

  restore(part: SavedPart): void {
    switch (part.type) {
      case 'ward':
        this.ward.set(part.patient, part.view);
        break;
      case 'alarms':
        this.alarms.set(part.patient, part.view);
        break;
      case 'limits':
        this.limits.apply(part.record);
        break;
    }
  }

  private view(patient: string, view: WardView | undefined): WallChange | null {
    if (view === undefined || view === this.ward.get(patient)) return null;
    this.ward.set(patient, view);
    return { patients: [patient], key: `ward/${patient}` };
  }
}
