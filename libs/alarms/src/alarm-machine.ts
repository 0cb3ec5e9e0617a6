import type {
  AcknowledgeRecord,
  AlarmEvent,
  AlarmLimits,
  AlarmRule,
  VitalSigns,
  WardRecord,
} from '@app/contracts';
import {
  ALARM_RULES,
  BACKLOG_AFTER_MS,
  LONGEST_TICK_MS,
  RULE_NAMES,
  VALUE_COUNTS_FOR_MS,
} from './alarm-rules.js';
import { alarmText, limitOf } from './alarm-text.js';
import { conditionOf } from './condition.js';
import { type LatestVital, type PatientAlarms, newPatientAlarms } from './patient-alarms.js';
import { type Change, acknowledged, advance } from './signal.js';

/** The name under which the ward's own limits travel and are kept. */
export const WARD = '*';

/** What belongs to no single patient. Plain JSON. */
export interface WardState {
  limits: AlarmLimits;
  /** Time of the last tick, ms since 1970; null before the first. */
  tickMs: number | null;
  /** The machine's own clock: adds up the ticks, each at most `LONGEST_TICK_MS`. */
  clockMs: number;
}

/**
 * The alarm machine of one partition of `ward`: a reducer. The same records give the same events, byte for byte; time
 * comes in as ticks alone, so silence raises alarms too.
 */
export class AlarmMachine {
  private readonly patients: Map<string, PatientAlarms>;
  private readonly touched = new Set<string>();

  constructor(
    readonly ward: WardState,
    patients: Iterable<PatientAlarms> = [],
  ) {
    this.patients = new Map([...patients].map((state) => [state.patient, state]));
  }

  /** Takes in one record; returns the events that it causes, in order. */
  apply(record: WardRecord): AlarmEvent[] {
    switch (record.type) {
      case 'tick':
        return this.tick(record.atMs);
      case 'vitals':
        return this.takeVital(record.vital);
      case 'acknowledge':
        return this.acknowledge(record);
      case 'limits':
        return this.setLimits(record.patient, record.limits);
      case 'link': {
        const state = this.patient(record.patient, record.origin);
        // After a crash of the processor `ward` says some things again.
        if (record.atMs < state.linkMs) return [];
        state.linkMs = record.atMs;
        state.connected = record.connected;
        return [];
      }
      case 'progress':
        return [];
    }
  }

  /** States that changed since the last call: what a checkpoint must save. */
  takeTouched(): PatientAlarms[] {
    const states = [...this.touched].flatMap((name) => this.patients.get(name) ?? []);
    this.touched.clear();
    return states;
  }

  private tick(atMs: number): AlarmEvent[] {
    const { ward } = this;
    const passedMs = ward.tickMs === null ? 0 : atMs - ward.tickMs;
    ward.clockMs += Math.min(Math.max(passedMs, 0), LONGEST_TICK_MS);
    // Also when the station's clock was set back while it was down: time goes on from there.
    ward.tickMs = atMs;
    return [...this.patients.values()].flatMap((state) => this.evaluate(state));
  }

  private takeVital(vital: VitalSigns): AlarmEvent[] {
    if (vital.lane !== 'live' || vital.patient === '') return [];
    const state = this.patient(vital.patient, vital.origin);
    if (!this.isNews(vital, state.latest)) return [];
    const { bpm, lowBpm, highBpm, model } = vital.heartRate;
    state.latest = {
      device: vital.device,
      bootId: vital.bootId,
      window: vital.window,
      clockMs: this.ward.clockMs,
      bpm,
      lowBpm,
      highBpm,
      quality: vital.quality,
      model,
    };
    return this.evaluate(state);
  }

  /** Whether a result of the live lane says something about now. */
  private isNews(vital: VitalSigns, latest: LatestVital | null): boolean {
    const { tickMs, clockMs } = this.ward;
    if (tickMs !== null && tickMs - vital.endMs > BACKLOG_AFTER_MS) return false;
    if (latest === null) return true;
    // Two devices on one patient: the one that speaks keeps the word, or the condition would flip between them.
    if (latest.device !== vital.device) return clockMs - latest.clockMs > VALUE_COUNTS_FOR_MS;
    // After a crash of the processor `ward` says some things again.
    return latest.bootId !== vital.bootId || vital.window > latest.window;
  }

  private acknowledge(record: AcknowledgeRecord): AlarmEvent[] {
    const state = this.patients.get(record.patient);
    const rule = RULE_NAMES.find((name) => state?.rules[name].last?.alarmId === record.alarmId);
    if (state === undefined || rule === undefined) return [];
    const change = acknowledged(state.rules[rule].signal);
    return change === null ? [] : [this.signalled(state, rule, change, record)];
  }

  private setLimits(patient: string, limits: AlarmLimits): AlarmEvent[] {
    if (patient === WARD) {
      this.ward.limits = limits;
      return [];
    }
    const state = this.patients.get(patient);
    if (state === undefined) return [];
    state.limits = limits;
    return this.evaluate(state);
  }

  private evaluate(state: PatientAlarms): AlarmEvent[] {
    if (this.ward.tickMs === null) return [];
    const events: AlarmEvent[] = [];
    for (const rule of RULE_NAMES) {
      const { clockMs, limits } = this.ward;
      const condition = conditionOf(rule, state, limits, clockMs);
      if (condition !== state.rules[rule].condition) this.touched.add(state.patient);
      const change = advance(state.rules[rule], ALARM_RULES[rule], condition, clockMs);
      if (change !== null) events.push(this.signalled(state, rule, change, null));
    }
    return events;
  }

  /** Enters a signal state and writes the event that says so. */
  private signalled(
    state: PatientAlarms,
    rule: AlarmRule,
    { change, signal }: Change,
    by: AcknowledgeRecord | null,
  ): AlarmEvent {
    const own = state.rules[rule];
    const atMs = by?.atMs ?? this.ward.tickMs ?? 0;
    const sinceMs = own.last?.sinceMs ?? atMs;
    const alarmId = own.last?.alarmId ?? `${state.patient}:${rule}:${sinceMs}`;
    const limitBpm = limitOf(rule, state.limits ?? this.ward.limits);
    const { kind, priority } = ALARM_RULES[rule];
    const event: AlarmEvent = {
      type: 'alarm',
      id: `${alarmId}:${own.count}`,
      alarmId,
      patient: state.patient,
      origin: state.origin,
      rule,
      kind,
      priority,
      condition: own.condition,
      signal,
      change,
      atMs,
      sinceMs,
      text: change === 'raised' ? alarmText(rule, state, limitBpm) : (own.last?.text ?? ''),
      valueBpm: state.latest?.bpm ?? null,
      lowBpm: state.latest?.lowBpm ?? null,
      highBpm: state.latest?.highBpm ?? null,
      limitBpm,
      quality: state.latest?.quality ?? null,
      model: state.latest?.model ?? null,
      acknowledgedBy: by?.by ?? own.last?.acknowledgedBy ?? null,
      note: by?.note ?? own.last?.note ?? null,
    };
    own.signal = signal;
    own.last = signal === 'off' ? null : event;
    own.count = signal === 'off' ? 0 : own.count + 1;
    this.touched.add(state.patient);
    return event;
  }

  private patient(name: string, origin: PatientAlarms['origin']): PatientAlarms {
    let state = this.patients.get(name);
    if (state === undefined) {
      state = newPatientAlarms(name, origin, this.ward.clockMs);
      this.patients.set(name, state);
    }
    this.touched.add(name);
    return state;
  }
}
