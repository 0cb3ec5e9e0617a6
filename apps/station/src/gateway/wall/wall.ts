import {
  type AdmissionRecord,
  type AlarmEvent,
  type AudioPause,
  CANARY,
  type EventRecord,
  type LimitsRecord,
  type LinkRecord,
  NOBODY,
  type PatientState,
  type StrayDevice,
  type VitalsRecord,
  type WardRecord,
  wardOfLimitsKey,
} from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { type AlarmView, nextAlarmView } from './alarm-view.js';
import { DeviceLinks } from './device-links.js';
import { LimitsBoard } from './limits-board.js';
import { patientStateOf } from './patient-state.js';
import { type SavedPart, partKey, partOfKey } from './saved-part.js';
import { StrayBoard } from './stray-board.js';
import { type WardView, withAdmission, withLink, withVital } from './ward-view.js';

/** What a record changed. */
export interface WallChange {
  /** Patients to show anew. */
  patients: readonly string[];
  /** Whether the devices that belong to nobody are to be shown anew. */
  strays: boolean;
  /** The parts of the wall to save anew, as for `saved` and `restore`. */
  keys: readonly string[];
}

/** The state of every patient and stray device, from `ward` and `events`. No age is kept, only times: what is old stays visibly old. */
export class Wall {
  private readonly ward = new Map<string, WardView>();
  private readonly alarms = new Map<string, AlarmView>();
  private readonly links = new DeviceLinks();
  private readonly strayBoard = new StrayBoard(this.links, () => this.wornDevices());
  private readonly limits = new LimitsBoard();

  /**
   * @param appendMs when the record was appended, ms since 1970.
   * @returns null when the record says nothing new.
   */
  applyWard(record: WardRecord, appendMs: number): WallChange | null {
    switch (record.type) {
      case 'vitals':
        return this.applyVitals(record, appendMs);
      case 'link':
        return this.applyLink(record);
      case 'stray':
        return strayChange(record.device, this.strayBoard.applyStray(record));
      case 'admission':
        return this.applyAdmission(record);
      case 'limits':
        return this.applyLimits(record);
      case 'tick':
        return this.pass(record.atMs);
      case 'acknowledge':
      case 'audio-pause':
      case 'health':
      case 'ward-status':
      case 'progress':
        return null;
    }
  }

  /** @returns null when the record says nothing new. */
  applyEvent(record: EventRecord): WallChange | null {
    if (record.type !== 'alarm' && record.type !== 'audio' && record.type !== 'limit') return null;
    const { patient } = record;
    const before = this.alarms.get(patient);
    const after = nextAlarmView(before, record);
    if (after === before) return null;
    this.alarms.set(patient, after);
    return { patients: [patient], strays: false, keys: [partKey('alarms', patient)] };
  }

  state(patient: string): PatientState | null {
    const view = this.ward.get(patient);
    const events = this.alarms.get(patient);
    const limits = this.limits.limitsOf(patient, this.wardOf(patient));
    return patientStateOf(patient, view, events, limits, (device) => this.links.of(device));
  }

  /** The alarms of a patient, or of a ward as such (`ward:` and its id), highest priority first, and their sound. */
  alarmsOf(key: string): { alarms: AlarmEvent[]; audioPause: AudioPause | null } {
    const events = this.alarms.get(key);
    return { alarms: [...(events?.active ?? [])], audioPause: events?.audioPause ?? null };
  }

  /** The ward in which a patient is shown; null for one who is not, or no longer, admitted. */
  wardOf(patient: string): string | null {
    return this.ward.get(patient)?.admission?.admission?.ward ?? null;
  }

  /** The ward that a patient is in, or was in last; null when it was never told. */
  lastWardOf(patient: string): string | null {
    return this.ward.get(patient)?.admission?.ward ?? null;
  }

  /** Everybody who was heard of, by pseudonym. */
  states(): PatientState[] {
    const names = new Set([...this.ward.keys(), ...this.alarms.keys()]);
    return [...names]
      .filter((name) => wardOfLimitsKey(name) === null)
      .toSorted()
      .map((patient) => this.state(patient))
      .filter((state) => state !== null);
  }

  /** Who is admitted to a ward now, by pseudonym. */
  inWard(ward: string): PatientState[] {
    return this.states().filter(({ admission }) => admission?.ward === ward);
  }

  /** Devices whose samples are nobody's, by name. */
  strays(): StrayDevice[] {
    return this.strayBoard.list();
  }

  /** Devices that the patient wears or was heard from, the last first. */
  devicesOf(patient: string): string[] {
    const view = this.ward.get(patient);
    const heard = view?.devices.map(({ device }) => device) ?? [];
    const worn = view?.admission?.admission?.devices.map(({ device }) => device) ?? [];
    return [...new Set([...heard, ...worn])];
  }

  /** @param key as in `WallChange`; null when there is no such part any more. */
  saved(key: string): SavedPart | null {
    const { type, name } = partOfKey(key);
    switch (type) {
      case 'ward': {
        const view = this.ward.get(name);
        return view === undefined ? null : { type, patient: name, view };
      }
      case 'alarms': {
        const view = this.alarms.get(name);
        return view === undefined ? null : { type, patient: name, view };
      }
      case 'stray': {
        const view = this.strayBoard.view(name);
        return view === undefined ? null : { type, view };
      }
      case 'limits': {
        const record = this.limits.record(name);
        return record === undefined ? null : { type, record };
      }
    }
  }

  restore(part: SavedPart): void {
    switch (part.type) {
      case 'ward': {
        // an earlier version did not know of admissions
        const view = { ...part.view, admission: part.view.admission ?? null };
        this.ward.set(part.patient, view);
        for (const { device, ...link } of view.devices) this.links.apply(device, link);
        break;
      }
      case 'alarms':
        this.alarms.set(part.patient, part.view);
        break;
      case 'stray':
        this.strayBoard.restore(part.view);
        break;
      case 'limits':
        this.limits.apply(part.record);
        break;
    }
  }

  private applyVitals({ vital }: VitalsRecord, appendMs: number): WallChange | null {
    if (vital.patient === NOBODY || vital.patient === CANARY) return null;
    const change = this.setView(
      vital.patient,
      withVital(this.ward.get(vital.patient), vital, appendMs),
    );
    if (change !== null) this.links.assume(vital.device, appendMs);
    return change;
  }

  private applyLink(record: LinkRecord): WallChange | null {
    const { device, patient, connected, atMs: sinceMs } = record;
    const isNews = this.links.apply(device, { connected, sinceMs });
    if (patient === NOBODY) {
      return strayChange(device, this.strayBoard.applyLink(record));
    }
    const change = this.setView(patient, withLink(this.ward.get(patient), record));
    // the link that a patient's tile shows may have been told to another wearer, or to nobody
    return change ?? (isNews ? { patients: [patient], strays: false, keys: [] } : null);
  }

  private applyAdmission(record: AdmissionRecord): WallChange | null {
    const { patient } = record;
    const change = this.setView(patient, withAdmission(this.ward.get(patient), record));
    if (change === null) return null;
    const forgotten = record.admission === null ? this.forgetDischarged() : [];
    return {
      patients: change.patients,
      strays: !this.strayBoard.isEmpty,
      keys: [...change.keys, ...forgotten],
    };
  }

  private applyLimits(record: LimitsRecord): WallChange | null {
    if (!this.limits.apply(record)) return null;
    const ward = wardOfLimitsKey(record.patient);
    const patients =
      ward === null
        ? [record.patient]
        : [...this.ward.keys()].filter((patient) => this.wardOf(patient) === ward);
    return { patients, strays: false, keys: [partKey('limits', record.patient)] };
  }

  /** Devices that have been away for long are forgotten. */
  private pass(tickMs: number): WallChange | null {
    const { changed, forgotten } = this.strayBoard.pass(tickMs);
    if (!changed && forgotten.length === 0) return null;
    const keys = forgotten.map((device) => partKey('stray', device));
    return { patients: [], strays: changed, keys };
  }

  /** @returns the parts of the patients discharged longest ago, beyond those that are remembered. */
  private forgetDischarged(): string[] {
    const discharged = [...this.ward]
      .flatMap(([patient, { admission }]) =>
        admission !== null && admission.admission === null
          ? [{ patient, atMs: admission.atMs }]
          : [],
      )
      .toSorted((a, b) => b.atMs - a.atMs);
    return discharged.slice(GATEWAY_LIMITS.dischargedRemembered).flatMap(({ patient }) => {
      this.ward.delete(patient);
      this.alarms.delete(patient);
      this.limits.forget(patient);
      return (['ward', 'alarms', 'limits'] as const).map((type) => partKey(type, patient));
    });
  }

  private wornDevices(): Set<string> {
    return new Set(
      [...this.ward.values()].flatMap(
        ({ admission }) => admission?.admission?.devices.map(({ device }) => device) ?? [],
      ),
    );
  }

  private setView(patient: string, view: WardView | undefined): WallChange | null {
    if (view === undefined || view === this.ward.get(patient)) return null;
    this.ward.set(patient, view);
    return { patients: [patient], strays: false, keys: [partKey('ward', patient)] };
  }
}

function strayChange(device: string, isNews: boolean): WallChange | null {
  return isNews ? { patients: [], strays: true, keys: [partKey('stray', device)] } : null;
}
