import {
  NOBODY,
  decodeEventRecord,
  decodeWardRecord,
  type AlarmEvent,
  type Downlink as Channel,
  type VitalSigns,
} from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import { Inject, Injectable } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { nextOffsets, runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { outwardAlarm } from '../platform/outward-alarm.js';
import { JOURNAL, METRICS } from '../platform/tokens.js';
import { UnreadableRecords } from '../platform/unreadable-records.js';
import { ActiveAlarms } from './active-alarms.js';
import { DeviceMessenger } from './device-messenger.js';
import type { DeviceSession } from './device-session.js';
import { Sessions } from './sessions.js';
import { Wearers } from './wearers.js';

const EVENTS_CONSUMER = 'downlink-events';

/**
 * Follows `ward` and `events` and gives each device its own results: vital signs of the live lane, and its patient's
 * alarms. At least once; a device that comes back gets the current state when it subscribes.
 */
@Injectable()
export class Downlink {
  private readonly stopping = new AbortController();
  /** By device. Only since this start: after one window the device has the next. */
  private readonly lastVitals = new Map<string, VitalSigns>();
  private readonly alarms = new ActiveAlarms();
  private readonly unreadable: UnreadableRecords;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sessions: Sessions,
    private readonly messenger: DeviceMessenger,
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly wearers: Wearers,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'downlink');
  }

  /** Resolves once the alarms that were active at the last stop are known: a device may subscribe from then on. */
  async start(): Promise<void> {
    const partitions = Array.from({ length: this.journal.partitions }, (_, i) => i);
    for (const partition of partitions) {
      const saved = await this.journal.checkpoint(EVENTS_CONSUMER, partition);
      for (const alarms of saved?.state.values() ?? []) this.alarms.restore(alarms);
    }
    const { signal } = this.stopping;
    const ward = runConsumer(this.journal, {
      name: 'downlink-ward',
      stream: 'ward',
      partitions,
      start: 'next',
      signal,
      handle: async (records) => {
        for (const record of records) {
          const entry = this.unreadable.decode(record, decodeWardRecord);
          if (entry?.type === 'vitals' && entry.vital.lane === 'live')
            await this.vital(entry.vital);
        }
        return null;
      },
    });
    const events = runConsumer(this.journal, {
      name: EVENTS_CONSUMER,
      stream: 'events',
      partitions,
      start: 'oldest',
      signal,
      handle: (records) => this.alarmBatch(records),
    });
    this.running = Promise.all([ward, events]).catch((error: unknown) => {
      if (!signal.aborted) fatal('broker', error);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Sends the current state of a channel that a device has just subscribed to. */
  async subscribed(session: DeviceSession, channel: Channel): Promise<void> {
    const patient = await this.wearerOf(session);
    if (patient === NOBODY) return;
    if (channel === 'vitals') {
      const vital = this.lastVitals.get(session.device);
      if (vital?.patient === patient) this.messenger.send(session, 'vitals', vital, 0);
    }
    if (channel === 'alarms')
      for (const alarm of this.alarms.of(patient)) this.sendAlarm(session, alarm);
  }

  /** What is told to a device is its wearer's: never what belongs to whoever wore it before. */
  private async vital(vital: VitalSigns): Promise<void> {
    this.lastVitals.set(vital.device, vital);
    const session = this.sessions.ofDevice(vital.device);
    if (session === null || (await this.wearerOf(session)) !== vital.patient) return;
    this.messenger.send(session, 'vitals', vital, 0);
  }

  /** The connected devices that the patient wears now. */
  private async wornBy(patient: string): Promise<DeviceSession[]> {
    const worn: DeviceSession[] = [];
    for (const session of this.sessions.all())
      if (session.linkedTo === patient && (await this.wearerOf(session)) === patient)
        worn.push(session);
    return worn;
  }

  /** Without the registry nobody can say: the device is disconnected and gets what is current when it is back. */
  private async wearerOf(session: DeviceSession): Promise<string> {
    try {
      return await this.wearers.of(session.device);
    } catch {
      session.end('registry');
      return NOBODY;
    }
  }

  /** @returns the alarms to save: only a batch that changed some is worth a commit. */
  private async alarmBatch(records: JournalRecord[]): Promise<Checkpoint[] | null> {
    const patients = new Map<number, Set<string>>();
    for (const record of records) {
      const event = this.unreadable.decode(record, decodeEventRecord);
      if (event?.type !== 'alarm') continue;
      const { partition } = record;
      patients.set(partition, (patients.get(partition) ?? new Set()).add(event.patient));
      this.alarms.note(event);
      for (const session of await this.wornBy(event.patient)) this.sendAlarm(session, event);
    }
    if (patients.size === 0) return null;
    return [...nextOffsets(records)].map(([partition, offset]) => {
      const checkpoint = {
        partition,
        offset,
        state: new Map<string, Uint8Array>(),
        deleted: [] as string[],
      };
      for (const patient of patients.get(partition) ?? []) {
        const saved = this.alarms.save(patient);
        if (saved === null) checkpoint.deleted.push(patient);
        else checkpoint.state.set(patient, saved);
      }
      return checkpoint;
    });
  }

  /** A device that cannot take an alarm is disconnected: when it subscribes again it gets all that are active. */
  private sendAlarm(session: DeviceSession, alarm: AlarmEvent): void {
    if (this.messenger.send(session, 'alarms', outwardAlarm(alarm), 1) === 'slow-reader')
      session.end('slow-reader');
  }
}
