import { Injectable } from '@nestjs/common';
import type { Client } from 'aedes';
import type { DeviceSession } from './device-session.js';
import type { GuardedConnection } from './guarded-connection.js';

/** The sessions of this broker: by device, and by aedes client (of which one device has two while it is replaced). */
@Injectable()
export class Sessions {
  private readonly byDevice = new Map<string, DeviceSession>();
  private readonly byClient = new Map<Client, DeviceSession>();

  add(session: DeviceSession): void {
    this.byDevice.set(session.device, session);
    this.byClient.set(session.client, session);
  }

  /** @returns the session that ended, or null when the client had none. */
  remove(client: Client): DeviceSession | null {
    const session = this.byClient.get(client);
    if (session === undefined) return null;
    this.byClient.delete(client);
    if (this.byDevice.get(session.device) === session) this.byDevice.delete(session.device);
    return session;
  }

  ofClient(client: Client): DeviceSession | null {
    return this.byClient.get(client) ?? null;
  }

  ofDevice(device: string): DeviceSession | null {
    return this.byDevice.get(device) ?? null;
  }

  ofConnection(connection: GuardedConnection): DeviceSession | null {
    for (const session of this.byClient.values())
      if (session.connection === connection) return session;
    return null;
  }

  all(): Iterable<DeviceSession> {
    return this.byClient.values();
  }
}
