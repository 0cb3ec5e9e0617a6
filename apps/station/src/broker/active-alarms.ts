import type { AlarmEvent } from '@app/contracts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The alarms of each patient that have not ended, by the events so far. */
export class ActiveAlarms {
  private readonly byPatient = new Map<string, Map<string, AlarmEvent>>();

  note(event: AlarmEvent): void {
    const alarms = this.byPatient.get(event.patient) ?? new Map<string, AlarmEvent>();
    if (event.signal === 'off' || event.change === 'ended') alarms.delete(event.alarmId);
    else alarms.set(event.alarmId, event);
    if (alarms.size === 0) this.byPatient.delete(event.patient);
    else this.byPatient.set(event.patient, alarms);
  }

  of(patient: string): AlarmEvent[] {
    return [...(this.byPatient.get(patient)?.values() ?? [])];
  }

  /** The patient's alarms for a checkpoint; null when there are none. */
  save(patient: string): Uint8Array | null {
    const alarms = this.of(patient);
    return alarms.length === 0 ? null : encoder.encode(JSON.stringify(alarms));
  }

  restore(bytes: Uint8Array): void {
    const alarms: AlarmEvent[] = JSON.parse(decoder.decode(bytes));
    for (const alarm of alarms) this.note(alarm);
  }
}
