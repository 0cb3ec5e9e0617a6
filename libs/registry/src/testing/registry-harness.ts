import { type AdmitRequest, NO_LIMITS, type PatientRecord } from '@app/contracts';
import type { Clock } from '../change.js';
import { type Actor, COMMAND_LINE, type Registry } from '../registry.js';

/** One database of an engine. */
export interface RegistryHarness {
  /** Opens it, once more with each call, as another process would. */
  open(clock: Clock): Promise<Registry>;
  /** What somebody does who has the database but not the registry. */
  execute(statement: string): Promise<void>;
  /** Closes what it has opened and removes the database. */
  remove(): Promise<void>;
}

export const LIMITS = {
  ...NO_LIMITS,
  heartRateHighBpm: 120,
  heartRateLowBpm: 50,
  heartRateExtremeHighBpm: 140,
  heartRateExtremeLowBpm: 35,
};

/** When the clock of a test starts. */
export const START_MS = Date.UTC(2026, 4, 1, 10, 0, 0);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const NURSE: Actor = { person: 'u-nurse', name: 'Nia', role: 'nurse' };

/** A registry in a test, with a clock that only the test moves. */
export class RegistryWorld {
  nowMs = START_MS;
  registry!: Registry;

  constructor(private readonly harness: RegistryHarness) {}

  async start(): Promise<void> {
    this.registry = await this.open();
  }

  /** Another process on the same database. */
  open(): Promise<Registry> {
    return this.harness.open(() => this.nowMs);
  }

  execute(statement: string): Promise<void> {
    return this.harness.execute(statement);
  }

  passes(ms: number): void {
    this.nowMs += ms;
  }

  admit(request: Partial<AdmitRequest> = {}, ward = 'main'): Promise<PatientRecord> {
    const whole = { name: 'Ada Lovelace', label: 'A. L.', bed: null, ...request };
    return this.registry.patients.admit(NURSE, ward, whole);
  }

  async addDevices(...devices: string[]): Promise<void> {
    for (const device of devices) await this.registry.devices.add(COMMAND_LINE, 'main', device);
  }

  assign(patient: string, device: string, sinceMs?: number) {
    const request = { device, position: 'wrist', mode: 'continuous' } as const;
    const since = sinceMs === undefined ? {} : { sinceMs };
    return this.registry.patients.assign(NURSE, patient, { ...request, ...since });
  }

  /** Wearings of a device as `patient from-to`, in minutes after the start. */
  async wearings(device: string): Promise<string[]> {
    const minutes = (ms: number | null) => (ms === null ? '' : `${(ms - START_MS) / MINUTE_MS}`);
    const entry = await this.registry.devices.find(device);
    return (entry?.wearings ?? []).map(
      ({ patient, fromMs, toMs }) => `${patient} ${minutes(fromMs)}-${minutes(toMs)}`,
    );
  }

  /** Takes all records that changes have left for the journal. */
  async takeRecords() {
    const waiting = await this.registry.outbox.peek(10_000);
    await this.registry.outbox.remove(waiting.map(({ id }) => id));
    return waiting.map(({ key, record }) => ({ key, ...record }));
  }

  async lastAudit() {
    const [entry] = await this.registry.audit.query({ limit: 1 });
    return entry;
  }
}
