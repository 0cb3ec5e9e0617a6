import { AlarmMachine } from '@app/alarms';
import {
  type AlarmLimits,
  type AlarmRule,
  type EventRecord,
  type PreviewedRule,
  type VitalSigns,
} from '@app/contracts';

const HEART_RATE_RULES = [
  'heart-rate-extreme-high',
  'heart-rate-high',
  'heart-rate-low',
  'heart-rate-extreme-low',
] as const satisfies readonly AlarmRule[];

/** Results are one every 2 s: longer silence is none of them. */
const RESULT_MS = 2_000;
const TICK_MS = 1_000;
/** After so much silence nothing of the heart rate goes on; the machine is not asked about every second of it. */
const SILENCE_MS = 60_000;

/**
 * What limits would have meant: the alarm machine itself over results of the past, one clock tick per second. Every alarm is
 * acknowledged at once, so that each episode ends when its condition does.
 */
export class LimitsPreviewer {
  private readonly machine = new AlarmMachine();
  private readonly counts = new Map<
    AlarmRule,
    { alarms: number; ms: number; sinceMs: number | null }
  >(HEART_RATE_RULES.map((rule) => [rule, { alarms: 0, ms: 0, sinceMs: null }]));
  private tickMs: number | null = null;
  private results = 0;
  private readonly devices = new Set<string>();

  constructor(
    private readonly patient: string,
    private readonly limits: AlarmLimits,
  ) {}

  /** Live results of the patient, oldest first. */
  take(vitals: readonly VitalSigns[]): void {
    for (const vital of vitals) {
      if (vital.lane !== 'live') continue;
      this.advance(vital);
      this.wear(vital);
      this.results++;
      this.note(this.machine.apply({ type: 'vitals', vital }));
    }
  }

  /** @returns minutes with results, and what each rule would have done. */
  finish(): { monitoredMinutes: number; rules: PreviewedRule[] } {
    const endMs = this.tickMs ?? 0;
    const rules = [...this.counts].map(([rule, { alarms, ms, sinceMs }]) => ({
      rule,
      alarms,
      minutes: minutesOf(ms + (sinceMs === null ? 0 : endMs - sinceMs)),
    }));
    return { monitoredMinutes: minutesOf(this.results * RESULT_MS), rules };
  }

  /** One tick a second up to a result; of a long silence only its beginning. */
  private advance(vital: VitalSigns): void {
    const { endMs } = vital;
    if (this.tickMs === null) return this.begin(vital);
    const untilMs = Math.min(endMs, this.tickMs + SILENCE_MS);
    for (let atMs = this.tickMs + TICK_MS; atMs <= untilMs; atMs += TICK_MS) this.tick(atMs);
    if (endMs - (this.tickMs ?? endMs) >= TICK_MS) this.tick(endMs);
  }

  private begin(vital: VitalSigns): void {
    const { patient, limits } = this;
    this.tick(vital.endMs);
    this.wear(vital);
    this.note(this.machine.apply({ type: 'limits', patient, limits, by: '', atMs: 0 }));
  }

  /** Whatever the patient wore then counts, though it was taken off since; and nobody was off the ward. */
  private wear({ device, origin }: VitalSigns): void {
    if (this.devices.has(device)) return;
    this.devices.add(device);
    const devices = [...this.devices].map((name) => ({
      device: name,
      position: 'unspecified' as const,
      mode: 'continuous' as const,
      sinceMs: 0,
    }));
    const admission = { ward: '', bed: null, label: '', admittedMs: 0, offWard: null, devices };
    const { patient } = this;
    const change = this.devices.size === 1 ? 'admitted' : 'device-assigned';
    this.note(
      this.machine.apply({
        type: 'admission',
        patient,
        origin,
        change,
        admission,
        by: '',
        atMs: 0,
      }),
    );
  }

  private tick(atMs: number): void {
    this.tickMs = atMs;
    this.note(this.machine.apply({ type: 'tick', atMs }));
  }

  private note(events: readonly EventRecord[]): void {
    for (const event of events) {
      if (event.type !== 'alarm') continue;
      const count = this.counts.get(event.rule);
      if (count === undefined) continue;
      if (event.change === 'raised') {
        // an extreme alarm calls for the ordinary one too
        if ((event.silencedBy ?? null) === null) count.alarms++;
        count.sinceMs = event.atMs;
        const { patient, alarmId, atMs } = event;
        const answer = { type: 'acknowledge', patient, alarmId, by: '', note: null, atMs } as const;
        this.note(this.machine.apply(answer));
      } else if (event.change === 'ended' && count.sinceMs !== null) {
        count.ms += event.atMs - count.sinceMs;
        count.sinceMs = null;
      }
    }
  }
}

function minutesOf(ms: number): number {
  return Math.round(ms / 6_000) / 10;
}
