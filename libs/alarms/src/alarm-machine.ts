import {
  type AcknowledgeRecord,
  type AdmissionRecord,
  CANARY,
  type EventRecord,
  type LimitsRecord,
  NOBODY,
  type Origin,
  type VitalSigns,
  type WardRecord,
  type WardStatusRecord,
  completeLimits,
  wardOfLimitsKey,
} from '@app/contracts';
import { RULE_NAMES, isHigher } from './alarm-rules.js';
import { type PatientAlarms, newPatientAlarms } from './alarm-state.js';
import { canaryEvent } from './canary.js';
import { isPauseOver, pauseAudio, resumeAudio } from './audio.js';
import { evaluate, happen } from './evaluate.js';
import { ageActivity, tellMovedLimit } from './moved-limit.js';
import { type PartitionState, newPartitionState, tickOn, wardOf } from './partition-state.js';
import { hasReturned } from './return-check.js';
import { discharged, takeAdmission } from './take-admission.js';
import { heardOf, takeLink } from './device-links.js';
import { takeFall } from './take-fall.js';
import { isBacklog, isNews } from './is-news.js';
import { isWorn, takeVital } from './take-vital.js';

/**
 * The alarm machine of one partition of `ward`: a reducer. The same records give the same events, byte for byte; time
 * comes in as ticks alone, so silence raises alarms too.
 */
export class AlarmMachine {
  private readonly states: Map<string, PatientAlarms>;
  private readonly touched = new Set<string>();

  constructor(
    readonly partition: PartitionState = newPartitionState(),
    patients: Iterable<PatientAlarms> = [],
  ) {
    this.states = new Map([...patients].map((state) => [state.patient, state]));
  }

  get patients(): Iterable<PatientAlarms> {
    return this.states.values();
  }

  /** Takes in one record; returns the events that it causes, in order. */
  apply(record: WardRecord): EventRecord[] {
    switch (record.type) {
      case 'tick':
        return this.tick(record.atMs);
      case 'vitals':
        return record.vital.patient === CANARY
          ? listed(canaryEvent(record.vital, this.partition.tickMs))
          : this.vital(record.vital);
      case 'admission':
        return this.admission(record);
      case 'acknowledge':
        return this.acknowledge(record);
      case 'audio-pause': {
        const state = this.states.get(record.patient);
        if (state === undefined || state.status === 'discharged') return [];
        this.touched.add(state.patient);
        return listed(pauseAudio(state, record, this.partition));
      }
      case 'limits':
        return this.limits(record);
      case 'link': {
        if (record.patient === NOBODY) return [];
        takeLink(this.state(record.patient, record.origin), record);
        return [];
      }
      case 'ward-status':
        return this.wardStatus(record);
      case 'health':
        this.partition.health[`${record.part}/${record.ward ?? ''}`] = record;
        return [];
      case 'progress': {
        const { tickMs, without } = record;
        this.partition.processors[record.partition] = { tickMs, without: without ?? null };
        return [];
      }
      case 'stray':
        return [];
    }
  }

  /** States that changed since the last call: what a checkpoint must save. */
  takeTouched(): PatientAlarms[] {
    const states = [...this.touched].flatMap((name) => this.states.get(name) ?? []);
    this.touched.clear();
    return states;
  }

  private tick(atMs: number): EventRecord[] {
    tickOn(this.partition, atMs);
    const { clockMs } = this.partition;
    return this.inOrder().flatMap((state): EventRecord[] => {
      if (state.status === 'discharged') return [];
      this.touched.add(state.patient);
      ageActivity(state, clockMs);
      const returned: EventRecord[] = hasReturned(state, clockMs)
        ? [
            {
              type: 'returned',
              id: `${state.patient}:returned:${state.returnCheck?.offWardMs}`,
              patient: state.patient,
              origin: state.origin,
              atMs,
            },
          ]
        : [];
      const sound = isPauseOver(state, this.partition)
        ? resumeAudio(state, 'time-over', atMs)
        : null;
      return [...returned, ...listed(sound), ...this.evaluate(state)];
    });
  }

  private vital(vital: VitalSigns): EventRecord[] {
    if (vital.lane !== 'live' || vital.patient === NOBODY) return [];
    const state = this.state(vital.patient, vital.origin);
    if (state.status === 'discharged' || !isWorn(vital.device, state)) return [];
    if (isBacklog(vital, this.partition)) return [];
    heardOf(state, vital.device, this.partition.tickMs ?? 0);
    if (isNews(vital, state, this.partition)) takeVital(state, vital, this.partition);
    // A blow that a device has felt which is not listened to at present is one.
    else if (state.latest?.device === vital.device) return [];
    takeFall(state, vital);
    return this.evaluate(state);
  }

  private admission(record: AdmissionRecord): EventRecord[] {
    const { admission, atMs, patient } = record;
    const { clockMs } = this.partition;
    const state = this.state(patient, record.origin);
    if (atMs < state.admissionMs) return [];
    if (admission === null) {
      if (state.status === 'discharged') return [];
      const events = [
        ...RULE_NAMES.flatMap((rule) =>
          happen(rule, 'discharged', state, this.partition, { atMs }),
        ),
        ...listed(resumeAudio(state, 'discharged', atMs)),
      ];
      this.states.set(patient, discharged(state, atMs, clockMs));
      return events;
    }
    takeAdmission(state, { ...record, admission }, clockMs);
    return this.evaluate(state);
  }

  private acknowledge(record: AcknowledgeRecord): EventRecord[] {
    const state = this.states.get(record.patient);
    const rule = RULE_NAMES.find((name) => state?.alarms[name]?.last?.alarmId === record.alarmId);
    const own = rule === undefined ? undefined : state?.alarms[rule];
    if (state === undefined || rule === undefined || own === undefined) return [];
    // Who saw it before it became more urgent has not seen it.
    if (isHigher(own.priority, record.priority ?? own.priority)) return [];
    this.touched.add(state.patient);
    const events = happen(rule, 'acknowledge', state, this.partition, {
      by: record,
      atMs: record.atMs,
    });
    if (rule === 'fall' && state.fall !== null) {
      // No signal says that the patient is up again: who has seen it, knows.
      state.fall.isAnswered = true;
      events.push(...happen(rule, 'answered', state, this.partition, { atMs: record.atMs }));
    }
    return [...events, ...this.evaluate(state)];
  }

  private limits({ patient, limits, atMs }: LimitsRecord): EventRecord[] {
    const complete = limits === null ? null : completeLimits(limits);
    const ward = wardOfLimitsKey(patient);
    if (ward !== null) {
      const known = wardOf(this.partition, ward);
      if (complete === null || atMs < known.limitsMs) return [];
      known.limits = complete;
      known.limitsMs = atMs;
      return this.inOrder()
        .filter(({ admission }) => admission?.ward === ward)
        .flatMap((state) => this.evaluate(state));
    }
    // Before its admission a patient's origin is not known; the admission brings it.
    const state = this.state(patient, 'live');
    if (atMs < state.limitsMs) return [];
    state.limits = complete;
    state.limitsMs = atMs;
    return this.evaluate(state);
  }

  private wardStatus(record: WardStatusRecord): EventRecord[] {
    const ward = wardOfLimitsKey(record.patient);
    if (ward === null) return [];
    const known = wardOf(this.partition, ward);
    if (known.status !== null && record.atMs < known.status.atMs) return [];
    known.status = record;
    known.statusClockMs = this.partition.clockMs;
    if (!record.home) return [];
    let state = this.states.get(record.patient);
    if (state === undefined) {
      state = newPatientAlarms(record.patient, record.origin, 'ward', this.partition.clockMs);
      this.states.set(record.patient, state);
    }
    return this.evaluate(state);
  }

  private evaluate(state: PatientAlarms): EventRecord[] {
    this.touched.add(state.patient);
    if (this.partition.tickMs === null) return [];
    return [...listed(tellMovedLimit(state, this.partition)), ...evaluate(state, this.partition)];
  }

  /** By name: a checkpoint does not keep the order in which they were heard of, and events must come in the same one. */
  private inOrder(): PatientAlarms[] {
    return [...this.states.values()].toSorted((a, b) => (a.patient < b.patient ? -1 : 1));
  }

  private state(patient: string, origin: Origin): PatientAlarms {
    let state = this.states.get(patient);
    if (state === undefined) {
      state = newPatientAlarms(patient, origin, 'unseen', this.partition.clockMs);
      this.states.set(patient, state);
    }
    this.touched.add(patient);
    return state;
  }
}

function listed<T>(event: T | null): T[] {
  return event === null ? [] : [event];
}
