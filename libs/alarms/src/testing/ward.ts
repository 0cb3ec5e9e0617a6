import {
  type Admission,
  type AdmissionRecord,
  type AlarmEvent,
  type AlarmLimits,
  type EventRecord,
  type WardRecord,
  type WardStatusRecord,
  AUDIO_PAUSE_MS,
  NO_LIMITS,
  limitsKeyOf,
} from '@app/contracts';
import { AlarmMachine } from '../alarm-machine.js';
import type { PatientAlarms } from '../alarm-state.js';
import type { PartitionState } from '../partition-state.js';
import { type VitalWords, vitalOf } from './vital-of.js';

export const START_MS = 1_790_000_000_000;

export const LIMITS: AlarmLimits = {
  ...NO_LIMITS,
  heartRateHighBpm: 120,
  heartRateLowBpm: 45,
  heartRateExtremeHighBpm: 140,
  heartRateExtremeLowBpm: 35,
};

/** A ward of one partition that is fed second by second, with one patient admitted. */
export class Ward {
  readonly records: WardRecord[] = [];
  readonly events: EventRecord[] = [];
  machine = new AlarmMachine();
  /** Seconds that have passed. */
  second = 0;
  protected readonly windows = new Map<string, number>();
  /** The registry's clock never falls, also when the machine's is set back. */
  private registryMs = 0;

  constructor(limits: AlarmLimits | null = LIMITS) {
    if (limits === null) return;
    this.setLimits(limits);
    this.admit();
  }

  get nowMs(): number {
    return START_MS + this.second * 1000;
  }

  give(record: WardRecord): EventRecord[] {
    this.records.push(record);
    const events = this.machine.apply(record);
    this.events.push(...events);
    return events;
  }

  tick(): EventRecord[] {
    this.second++;
    return this.give({ type: 'tick', atMs: this.nowMs });
  }

  vital(words: VitalWords = {}): EventRecord[] {
    const patient = words.patient ?? 'P-01';
    const window = this.windows.get(patient) ?? 0;
    this.windows.set(patient, window + 1);
    return this.give({ type: 'vitals', vital: vitalOf(window, this.nowMs, words) });
  }

  /** Lets seconds pass, each with its tick, and with a result after every second one; `silence` sends none. */
  pass(seconds: number, words: VitalWords | 'silence' = 'silence'): EventRecord[] {
    const events: EventRecord[] = [];
    for (let i = 0; i < seconds; i++) {
      events.push(...this.tick());
      if (words !== 'silence' && this.second % 2 === 0) events.push(...this.vital(words));
    }
    return events;
  }

  admit(patient = 'P-01', words: Partial<Admission> = {}): EventRecord[] {
    const admission: Admission = {
      ward: 'main',
      bed: '1',
      label: 'AB',
      admittedMs: START_MS,
      offWard: null,
      devices: [
        {
          device: `${patient}-watch`,
          position: 'wrist',
          mode: 'continuous',
          sinceMs: START_MS,
        },
      ],
      ...words,
    };
    return this.admission(patient, 'admitted', admission);
  }

  discharge(patient = 'P-01'): EventRecord[] {
    return this.admission(patient, 'discharged', null);
  }

  setLimits(limits: AlarmLimits | null, patient = limitsKeyOf('main')): EventRecord[] {
    return this.give({ type: 'limits', patient, limits, by: 'nurse', atMs: this.nowMs });
  }

  acknowledge(event: AlarmEvent | undefined, patient = 'P-01'): EventRecord[] {
    const alarmId = event?.alarmId ?? 'none';
    const note = 'seen';
    return this.give({
      type: 'acknowledge',
      patient,
      alarmId,
      by: 'nurse',
      note,
      atMs: this.nowMs,
    });
  }

  pauseAudio(forMs = AUDIO_PAUSE_MS, patient = 'P-01'): EventRecord[] {
    const { nowMs: atMs } = this;
    return this.give({ type: 'audio-pause', patient, untilMs: atMs + forMs, by: 'nurse', atMs });
  }

  status(words: Partial<WardStatusRecord> = {}): EventRecord[] {
    return this.give({
      type: 'ward-status',
      patient: 'ward:main',
      origin: 'live',
      home: true,
      expected: 4,
      silent: [],
      because: 'links',
      models: null,
      storage: null,
      atMs: this.nowMs,
      ...words,
    });
  }

  /** As after a restart: everything goes through JSON. */
  restart(): void {
    const { partition, patients } = this.machine;
    const saved = JSON.parse(JSON.stringify([partition, [...patients]])) as [
      PartitionState,
      PatientAlarms[],
    ];
    this.machine = new AlarmMachine(...saved);
  }

  private admission(
    patient: string,
    change: AdmissionRecord['change'],
    admission: Admission | null,
  ): EventRecord[] {
    this.registryMs = Math.max(this.registryMs, this.nowMs);
    return this.give({
      type: 'admission',
      patient,
      origin: 'live',
      change,
      admission,
      by: 'nurse',
      atMs: this.registryMs,
    });
  }
}

export function alarmsOf(events: readonly EventRecord[]): AlarmEvent[] {
  return events.filter((event) => event.type === 'alarm');
}

/** `heart-rate-high raised on`, in order; of other events their type. */
export function changes(events: readonly EventRecord[]): string[] {
  return events.map((event) =>
    event.type === 'alarm' ? `${event.rule} ${event.change} ${event.signal}` : event.type,
  );
}
