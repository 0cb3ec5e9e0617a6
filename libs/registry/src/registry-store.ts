import type { AlarmLimits, Origin } from '@app/contracts';
import { AlarmLogStore } from './alarm-log-store.js';
import { AuditStore } from './audit-store.js';
import { type Changes } from './change.js';
import { DevicesStore } from './devices-store.js';
import { OutboxStore } from './outbox-store.js';
import { Passwords } from './passwords.js';
import { PatientsStore } from './patients-store.js';
import { PeopleStore } from './people-store.js';
import type { Registry } from './registry.js';
import { SessionsStore } from './sessions-store.js';
import { WardsStore } from './wards-store.js';

/** The registry on either engine. */
export class RegistryStore implements Registry {
  readonly wards;
  readonly patients;
  readonly devices;
  readonly people;
  readonly sessions;
  readonly audit;
  readonly alarmLog;
  readonly outbox;

  constructor(
    private readonly changes: Changes,
    origin: Origin,
    defaultWardLimits: AlarmLimits,
  ) {
    const passwords = new Passwords();
    this.wards = new WardsStore(changes, defaultWardLimits);
    this.patients = new PatientsStore(changes, origin);
    this.devices = new DevicesStore(changes, origin);
    this.people = new PeopleStore(changes, passwords);
    this.sessions = new SessionsStore(changes, passwords);
    this.audit = new AuditStore(changes);
    this.alarmLog = new AlarmLogStore(changes.database);
    this.outbox = new OutboxStore(changes);
  }

  revision(): Promise<number> {
    return this.changes.database.revision();
  }

  close(): Promise<void> {
    return this.changes.database.close();
  }
}
