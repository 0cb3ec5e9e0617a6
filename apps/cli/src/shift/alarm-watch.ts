import type { AlarmEvent, ClientEvents, PatientState, ServerEvents } from '@app/contracts';
import { type Socket, io } from 'socket.io-client';
import type { ScreenTimes } from './alarm-course.js';

/** Watches a ward as a dashboard does, and keeps when it was told of every change of an alarm. */
export class AlarmWatch implements ScreenTimes {
  readonly told = new Map<string, number>();
  readonly gone = new Map<string, number>();
  /** Alarms that are shown now, by patient or ward. */
  private readonly shown = new Map<string, ReadonlySet<string>>();
  private readonly socket: Socket<ServerEvents, ClientEvents>;

  private constructor(
    gatewayUrl: string,
    private readonly ward: string,
    headers: { cookie: string },
  ) {
    this.socket = io(gatewayUrl, { transports: ['websocket'], extraHeaders: headers });
    this.socket.on('canary', (_, seen) => seen());
    this.socket.on('update', ({ patients, wardAlarms }) => this.take(patients, wardAlarms));
  }

  /** Resolves when it sees the ward. */
  static async open(
    gatewayUrl: string,
    ward: string,
    headers: { cookie: string },
  ): Promise<AlarmWatch> {
    const watch = new AlarmWatch(gatewayUrl, ward, headers);
    await new Promise<void>((resolve, reject) => {
      watch.socket.once('connect_error', reject);
      watch.socket.on('connect', () => {
        watch.socket.emit('watch', `ward/${ward}`, (answer) => {
          if ('error' in answer) return reject(new Error(answer.error));
          watch.take(answer.patients, answer.wardAlarms);
          resolve();
        });
      });
    });
    return watch;
  }

  close(): void {
    this.socket.disconnect();
  }

  private take(patients: readonly PatientState[], wardAlarms: readonly AlarmEvent[] | null): void {
    const nowMs = performance.now();
    for (const { patient, alarms } of patients) this.see(patient, alarms, nowMs);
    if (wardAlarms !== null) this.see(`ward:${this.ward}`, wardAlarms, nowMs);
  }

  private see(subject: string, alarms: readonly AlarmEvent[], nowMs: number): void {
    const shown = new Set(alarms.map(({ alarmId }) => alarmId));
    for (const { id } of alarms) if (!this.told.has(id)) this.told.set(id, nowMs);
    for (const alarmId of this.shown.get(subject) ?? [])
      if (!shown.has(alarmId)) this.gone.set(alarmId, nowMs);
    this.shown.set(subject, shown);
  }
}
