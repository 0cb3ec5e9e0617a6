import type { AlarmEvent, AlarmSignal, EventRecord, WardRecord } from '@app/contracts';
import { AUDIO_PAUSE_MS } from '@app/contracts';
import { ALARM_RULES } from '../alarm-rules.js';
import { TRANSITIONS, type Transition } from '../transitions.js';
import { LIMITS } from './ward.js';

/** What a value must have been at most so long ago to speak for its patient, ms. */
const FRESH_MS = 6_000;

interface Seen {
  /** Since when every result has been beyond the ordinary upper limit; null when one was not, or is missing. */
  beyondSinceMs: number | null;
  /** When the last result came, and the last with a number. */
  lastMs: number | null;
  lastNumberMs: number | null;
  lastBpm: number | null;
  /** Since when the numbers are inside the limit, from one on that was well inside; null when not. */
  insideSinceMs: number | null;
  /** Since when the registry's word (admission, limits) has been the same. */
  steadySinceMs: number;
  pausedMs: number | null;
  audio: 'on' | 'paused';
  isOnDuty: boolean;
}

/**
 * Reads the same records as the machine, and its events, and complains of what must never be. It knows nothing of how the
 * machine works: only results that are beyond or inside 120 BPM, and time.
 */
export class Watchdog {
  readonly complaints: string[] = [];
  readonly reached = new Set<Transition>();
  private readonly seen = new Map<string, Seen>();
  readonly alarms = new Map<string, AlarmEvent>();
  private isLimitOn = false;
  private clockMs = 0;
  private tickMs: number | null = null;
  private readonly ids = new Set<string>();

  constructor(private readonly limitBpm = LIMITS.heartRateHighBpm as number) {}

  take(record: WardRecord, events: readonly EventRecord[]): void {
    this.before(record);
    for (const event of events) this.event(record, event);
    for (const event of events) {
      if (event.type !== 'alarm' || !isCall(event) || event.silencedBy !== null) continue;
      if (this.of(event.patient).audio === 'paused')
        this.complain('a new alarm did not break through a pause');
    }
    if (record.type === 'tick') for (const patient of this.seen.keys()) this.afterTick(patient);
  }

  /** All that it knows, once more; of what was reached, what is reached from here. */
  fork(): Watchdog {
    const { complaints: _complaints, reached: _reached, ...known } = this;
    return Object.assign(new Watchdog(this.limitBpm), structuredClone(known));
  }

  private before(record: WardRecord): void {
    switch (record.type) {
      case 'tick':
        if (this.tickMs !== null)
          this.clockMs += Math.min(Math.max(record.atMs - this.tickMs, 0), 2_000);
        this.tickMs = record.atMs;
        break;
      case 'vitals': {
        const { heartRate, lane, patient } = record.vital;
        const isBacklog = this.tickMs !== null && this.tickMs - record.vital.endMs > 30_000;
        if (lane !== 'live' || isBacklog) break;
        const seen = this.of(patient);
        const { bpm, withheld, estimateBpm } = heartRate;
        const speaks = bpm !== null || withheld === 'uncertain';
        const isBeyond = speaks && estimateBpm !== null && estimateBpm > this.limitBpm;
        if (seen.lastMs !== null && this.clockMs - seen.lastMs > FRESH_MS)
          seen.beyondSinceMs = null;
        const wasFresh = seen.lastMs !== null && this.clockMs - seen.lastMs <= FRESH_MS;
        if (!wasFresh || bpm === null || bpm > this.limitBpm) seen.insideSinceMs = null;
        if (bpm !== null && bpm <= this.limitBpm - 3) seen.insideSinceMs ??= this.clockMs;
        seen.beyondSinceMs = isBeyond ? (seen.beyondSinceMs ?? this.clockMs) : null;
        seen.lastMs = this.clockMs;
        seen.lastBpm = bpm;
        if (bpm !== null) seen.lastNumberMs = this.clockMs;
        break;
      }
      case 'admission': {
        const seen = this.of(record.patient);
        seen.steadySinceMs = this.clockMs;
        seen.beyondSinceMs = null;
        seen.lastNumberMs = null;
        const { admission } = record;
        seen.isOnDuty =
          admission !== null &&
          admission.offWard === null &&
          admission.devices.some(({ mode }) => mode === 'continuous');
        break;
      }
      case 'limits':
        this.isLimitOn = record.limits?.heartRateHighBpm === this.limitBpm;
        for (const seen of this.seen.values()) {
          seen.steadySinceMs = this.clockMs;
          seen.beyondSinceMs = null;
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
    if (event.type === 'audio') this.of(event.patient).audio = event.audio;
    if (event.type !== 'alarm') return;
    const owner = `${event.patient}/${event.rule}`;
    const before = this.alarms.get(owner);
    const from: AlarmSignal = before?.signal ?? 'off';
    this.alarms.set(owner, event);
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
    if (event.change === 'acknowledged' && record.type !== 'acknowledge')
      this.complain('acknowledged by nobody');
    if (event.rule === 'heart-rate-high') this.cleared(record, event);
  }

  /** Only a number inside the limit, or the registry, ends a rate alarm. */
  private cleared(record: WardRecord, event: AlarmEvent): void {
    const isOver = event.change === 'condition-cleared' || event.endedBecause === 'condition-over';
    if (!isOver || record.type === 'admission') return;
    const { lastMs, insideSinceMs } = this.of(event.patient);
    const isFresh = lastMs !== null && this.clockMs - lastMs <= FRESH_MS;
    if (!isFresh || insideSinceMs === null)
      this.complain('an alarm about a rate was cleared by no number');
    else if (this.clockMs - insideSinceMs < 10_000)
      this.complain('an alarm about a rate was cleared too soon');
  }

  private afterTick(patient: string): void {
    const seen = this.of(patient);
    if (seen.lastMs !== null && this.clockMs - seen.lastMs > FRESH_MS) seen.beyondSinceMs = null;
    const signal = (rule: string) => this.alarms.get(`${patient}/${rule}`)?.signal ?? 'off';
    const isCalled = (rule: string) => signal(rule) === 'on' || signal(rule) === 'ack';
    if (!seen.isOnDuty) return;
    if (
      this.isLimitOn &&
      seen.beyondSinceMs !== null &&
      this.clockMs - seen.beyondSinceMs >= 15_000
    )
      if (!isCalled('heart-rate-high')) this.complain('beyond the limit for 15 s, and no alarm');
    const withoutMs = this.clockMs - Math.max(seen.lastNumberMs ?? 0, seen.steadySinceMs);
    if (withoutMs >= 30_000 && !isCalled('check-patient'))
      this.complain('no number for 30 s, and no alarm');
    const check = this.alarms.get(`${patient}/check-patient`);
    if (withoutMs >= 120_000 && check?.priority !== 'medium')
      this.complain('no number for 2 min, and no medium alarm');
    if (seen.pausedMs !== null && this.clockMs - seen.pausedMs >= AUDIO_PAUSE_MS)
      if (seen.audio === 'paused') this.complain('a pause that does not end');
  }

  private of(patient: string): Seen {
    let seen = this.seen.get(patient);
    if (seen === undefined) {
      seen = {
        beyondSinceMs: null,
        lastMs: null,
        lastNumberMs: null,
        lastBpm: null,
        insideSinceMs: null,
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

function isByHand({ type }: WardRecord): boolean {
  return type === 'acknowledge' || type === 'limits' || type === 'admission';
}

function isCall({ change }: AlarmEvent): boolean {
  return change === 'raised' || change === 'worsened';
}
