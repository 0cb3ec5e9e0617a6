import {
  AUDIO_PAUSE_MS,
  type AlarmEvent,
  type AlarmSignal,
  ESCALATION,
  type EventRecord,
  REMIND_AFTER_MS,
  type WardRecord,
} from '@app/contracts';
import { ALARM_RULES } from '../alarm-rules.js';
import { TRANSITIONS, type Transition } from '../transitions.js';
import {
  CLEAR_MS,
  ESTIMATE_MS,
  LEVELS,
  LEVEL_NAMES,
  type LevelsSeen,
  ageLevels,
  forgetLevels,
  newLevels,
  seeLevel,
} from './watched-levels.js';
import { LIMITS } from './ward.js';

/** What a value must have been at most so long ago to speak for its patient, ms. */
const FRESH_MS = 6_000;

interface Seen {
  levels: LevelsSeen;
  /** When the last result came, and the last with a number. */
  lastMs: number | null;
  lastNumberMs: number | null;
  /** Since when the registry's word (admission, limits) has been the same. */
  steadySinceMs: number;
  pausedMs: number | null;
  audio: 'on' | 'paused';
  isOnDuty: boolean;
}

/**
 * Reads the same records as the machine, and its events, and complains of what must never be. It knows nothing of how the
 * machine works: only results that are beyond or inside limits, actions, and time.
 */
export class Watchdog {
  readonly complaints: string[] = [];
  readonly reached = new Set<Transition>();
  private readonly seen = new Map<string, Seen>();
  readonly alarms = new Map<string, AlarmEvent>();
  /** By patient and rule: when its signal last changed, and since when it calls for itself. */
  private readonly changedMs = new Map<string, number>();
  private readonly callingMs = new Map<string, number>();
  private isLimitOn = false;
  private clockMs = 0;
  private tickMs: number | null = null;
  private readonly ids = new Set<string>();

  take(record: WardRecord, events: readonly EventRecord[]): void {
    this.before(record);
    const asked = record.type === 'acknowledge' ? this.calling(record) : undefined;
    for (const event of events) this.event(record, event);
    if (asked !== undefined && this.alarms.get(asked)?.acknowledgedBy === null)
      this.complain(`${asked} was acknowledged, and nothing happened`);
    if (events.length > 0 && record.type === 'vitals' && this.isOld(record))
      this.complain('a backlog caused an event');
    for (const event of events) {
      if (event.type !== 'alarm' || !isCall(event) || event.silencedBy !== null) continue;
      if (this.of(event.patient).audio === 'paused')
        this.complain('a new alarm did not break through a pause');
    }
    if (record.type === 'admission' && record.admission === null) this.discharged(record.patient);
    if (record.type === 'tick') for (const patient of this.seen.keys()) this.afterTick(patient);
  }

  /** All that it knows, once more; of what was reached, what is reached from here. */
  fork(): Watchdog {
    const { complaints: _complaints, reached: _reached, ...known } = this;
    return Object.assign(new Watchdog(), structuredClone(known));
  }

  /** The alarm that an acknowledgement is about, when it calls. */
  private calling({ patient, alarmId }: Extract<WardRecord, { type: 'acknowledge' }>) {
    return [...this.alarms.keys()].find((owner) => {
      const alarm = this.alarms.get(owner);
      if (alarm?.patient !== patient || alarm.alarmId !== alarmId) return false;
      return alarm.signal === 'on' || alarm.signal === 'latched';
    });
  }

  private discharged(patient: string): void {
    for (const { patient: owner, rule, signal } of this.alarms.values())
      if (owner === patient && signal !== 'off') this.complain(`${rule} outlives a discharge`);
    if (this.of(patient).audio === 'paused') this.complain('a pause outlives a discharge');
  }

  private isOld({ vital }: Extract<WardRecord, { type: 'vitals' }>): boolean {
    const isBacklog = this.tickMs !== null && this.tickMs - vital.endMs > 30_000;
    return vital.lane !== 'live' || isBacklog;
  }

  private before(record: WardRecord): void {
    switch (record.type) {
      case 'tick':
        if (this.tickMs !== null)
          this.clockMs += Math.min(Math.max(record.atMs - this.tickMs, 0), 2_000);
        this.tickMs = record.atMs;
        break;
      case 'vitals': {
        if (this.isOld(record)) break;
        const { heartRate, patient } = record.vital;
        const seen = this.of(patient);
        if (!this.isFresh(seen)) forgetLevels(seen.levels);
        for (const name of LEVEL_NAMES) seeLevel(name, seen.levels[name], heartRate, this.clockMs);
        seen.lastMs = this.clockMs;
        if (heartRate.bpm !== null) seen.lastNumberMs = this.clockMs;
        break;
      }
      case 'admission': {
        const seen = this.of(record.patient);
        seen.steadySinceMs = this.clockMs;
        forgetLevels(seen.levels);
        seen.lastNumberMs = null;
        const { admission } = record;
        seen.isOnDuty =
          admission !== null &&
          admission.offWard === null &&
          admission.devices.some(({ mode }) => mode === 'continuous');
        break;
      }
      case 'limits':
        this.isLimitOn = record.limits?.heartRateHighBpm === LIMITS.heartRateHighBpm;
        for (const seen of this.seen.values()) {
          seen.steadySinceMs = this.clockMs;
          for (const name of LEVEL_NAMES)
            Object.assign(seen.levels[name], { beyondSinceMs: null, certainSinceMs: null });
        }
        break;
      case 'audio-pause':
        this.of(record.patient).pausedMs = this.clockMs;
        break;
      default:
    }
  }

  private event(record: WardRecord, event: EventRecord): void {
    if (event.type === 'progress') return;
    if (event.type !== 'limit' && event.type !== 'audio' && this.ids.has(event.id))
      this.complain(`the name ${event.id} comes twice`);
    this.ids.add(event.id);
    const owner = ownerOf(record);
    if (owner !== null && owner !== event.patient)
      this.complain(`${record.type} of ${owner} changed ${event.patient}`);
    if (event.type === 'audio') this.of(event.patient).audio = event.audio;
    if (event.type === 'alarm') this.alarm(record, event);
  }

  private alarm(record: WardRecord, event: AlarmEvent): void {
    const owner = `${event.patient}/${event.rule}`;
    const before = this.alarms.get(owner);
    const from: AlarmSignal = before?.signal ?? 'off';
    this.alarms.set(owner, event);
    this.changed(owner, from, event);
    if (event.change === 'silenced' || event.change === 'unsilenced') {
      if (event.signal !== from) this.complain(`${event.change} moved a signal`);
      return;
    }
    const { latching } = ALARM_RULES[event.rule];
    const way = TRANSITIONS.find(
      (one) =>
        one.from === from &&
        one.to === event.signal &&
        one.change === event.change &&
        one.endedBecause === (event.endedBecause ?? null) &&
        (one.latching === null || one.latching === latching),
    );
    if (way === undefined) this.complain(`${from} → ${event.change} ${event.signal} is no way`);
    else this.reached.add(way);
    if (from === 'latched' && event.signal === 'off' && !isByHand(record))
      this.complain(`a latched ${event.rule} ended by ${record.type}`);
    const isAnswer = record.type === 'acknowledge' && record.alarmId === event.alarmId;
    if ((event.change === 'acknowledged' || event.endedBecause === 'acknowledged') && !isAnswer)
      this.complain('acknowledged by nobody');
    this.cleared(record, event);
    if (event.change === 'raised') this.raised(event);
  }

  /** An alarm about a rate has a cause: never earlier than a second before its delay. */
  private raised({ rule, patient }: AlarmEvent): void {
    const name = LEVEL_NAMES.find((one) => one === rule);
    if (name === undefined) return;
    const { causeSinceMs, certainCauseSinceMs } = this.of(patient).levels[name];
    const lasted = (sinceMs: number | null, ms: number) =>
      sinceMs !== null && this.clockMs - sinceMs >= ms;
    if (lasted(causeSinceMs, ESTIMATE_MS)) return;
    if (!lasted(certainCauseSinceMs, LEVELS[name].certainMs))
      this.complain(`${name}: raised without a cause`);
  }

  /** Keeps when a signal changed, and since when it calls for itself without a break. */
  private changed(owner: string, from: AlarmSignal, event: AlarmEvent): void {
    if (event.change !== 'silenced' && event.change !== 'unsilenced')
      this.changedMs.set(owner, this.clockMs);
    const isCalling = event.signal === 'on' && (event.silencedBy ?? null) === null;
    if (!isCalling) this.callingMs.delete(owner);
    else if (from !== 'on' || !this.callingMs.has(owner) || event.change === 'worsened')
      this.callingMs.set(owner, this.clockMs);
  }

  /** Only a number inside the limit, or the registry, ends a rate alarm. */
  private cleared(record: WardRecord, event: AlarmEvent): void {
    const isOver = event.change === 'condition-cleared' || event.endedBecause === 'condition-over';
    const name = LEVEL_NAMES.find((one) => one === event.rule);
    if (!isOver || name === undefined || record.type === 'admission') return;
    const seen = this.of(event.patient);
    const { insideSinceMs } = seen.levels[name];
    if (!this.isFresh(seen) || insideSinceMs === null)
      this.complain('an alarm about a rate was cleared by no number');
    else if (this.clockMs - insideSinceMs < CLEAR_MS)
      this.complain('an alarm about a rate was cleared too soon');
  }

  private afterTick(patient: string): void {
    const seen = this.of(patient);
    ageLevels(seen.levels, this.isFresh(seen), this.clockMs);
    if (!this.isFresh(seen)) forgetLevels(seen.levels);
    if (seen.pausedMs !== null && this.clockMs - seen.pausedMs >= AUDIO_PAUSE_MS)
      if (seen.audio === 'paused') this.complain('a pause that does not end');
    const signal = (rule: string) => this.alarms.get(`${patient}/${rule}`)?.signal ?? 'off';
    const isCalled = (rule: string) => signal(rule) === 'on' || signal(rule) === 'ack';
    for (const [owner, alarm] of this.alarms)
      if (owner.startsWith(`${patient}/`)) this.unanswered(owner, alarm);
    for (const { patient: owner, rule, signal: own, silencedBy } of this.alarms.values()) {
      const speaker = owner === patient && own !== 'off' ? (silencedBy ?? null) : null;
      if (speaker !== null && speaker !== 'link-lost' && !isCalled(speaker))
        this.complain(`${speaker} speaks for ${rule}, and is not there`);
    }
    if (!seen.isOnDuty) return;
    const lasted = (sinceMs: number | null, ms: number) =>
      sinceMs !== null && this.clockMs - sinceMs >= ms;
    for (const name of LEVEL_NAMES) {
      if (isCalled(name) || (name === 'heart-rate-high' && !this.isLimitOn)) continue;
      const { beyondSinceMs, certainSinceMs } = seen.levels[name];
      if (lasted(beyondSinceMs, ESTIMATE_MS))
        this.complain(`${name}: beyond the limit for 15 s, and no alarm`);
      if (lasted(certainSinceMs, LEVELS[name].certainMs))
        this.complain(`${name}: beyond the limit with its interval, and no alarm`);
    }
    const withoutMs = this.clockMs - Math.max(seen.lastNumberMs ?? 0, seen.steadySinceMs);
    if (withoutMs >= 30_000 && !isCalled('check-patient'))
      this.complain('no number for 30 s, and no alarm');
    const check = this.alarms.get(`${patient}/check-patient`);
    if (withoutMs >= 120_000 && check?.priority !== 'medium')
      this.complain('no number for 2 min, and no medium alarm');
  }

  /** Who calls unanswered goes further; who is acknowledged and still there reminds. */
  private unanswered(owner: string, { signal, priority, escalation, rule }: AlarmEvent): void {
    if (signal === 'ack' && this.clockMs - (this.changedMs.get(owner) ?? 0) >= REMIND_AFTER_MS)
      this.complain(`${rule} does not remind`);
    if (priority !== 'high' && priority !== 'medium') return;
    const { ward, webhook } = ESCALATION[priority];
    const forMs = this.clockMs - (this.callingMs.get(owner) ?? this.clockMs);
    if (forMs >= webhook ? escalation !== 'webhook' : forMs >= ward && escalation === 'bedside')
      this.complain(`${rule} does not go further`);
  }

  private isFresh({ lastMs }: Seen): boolean {
    return lastMs !== null && this.clockMs - lastMs <= FRESH_MS;
  }

  private of(patient: string): Seen {
    let seen = this.seen.get(patient);
    if (seen === undefined) {
      seen = {
        levels: newLevels(),
        lastMs: null,
        lastNumberMs: null,
        steadySinceMs: this.clockMs,
        pausedMs: null,
        audio: 'on',
        isOnDuty: false,
      };
      this.seen.set(patient, seen);
    }
    return seen;
  }

  private complain(what: string): void {
    this.complaints.push(`${this.clockMs / 1000} s: ${what}`);
  }
}

/** Whom alone a record may concern; null: anybody. */
function ownerOf(record: WardRecord): string | null {
  switch (record.type) {
    case 'vitals':
      return record.vital.patient;
    case 'acknowledge':
    case 'audio-pause':
    case 'admission':
    case 'link':
      return record.patient;
    default:
      return null;
  }
}

function isByHand({ type }: WardRecord): boolean {
  return type === 'acknowledge' || type === 'limits' || type === 'admission';
}

function isCall({ change }: AlarmEvent): boolean {
  return change === 'raised' || change === 'worsened';
}
