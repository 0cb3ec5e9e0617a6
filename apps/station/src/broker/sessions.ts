import { Injectable } from '@nestjs/common';
import type { Client } from 'aedes';
import type { Duplex } from 'node:stream';
import type { DeviceSession } from './device-session.js';

/** The sessions of this broker: by device, and by connection (of which a device has two while it is replaced). */
@Injectable()
export class Sessions {
  private readonly byDevice = new Map<string, DeviceSession>();
  private readonly byConnection = new Map<Duplex, DeviceSession>();

  add(session: DeviceSession): void {
    this.byDevice.set(session.device, session);
    this.byConnection.set(session.connection, session);
  }

  /** @returns the session that ended, or null when the client had none. */
  remove(client: Client): DeviceSession | null {
    const session = this.ofClient(client);
    if (session === null) return null;
    this.byConnection.delete(session.connection);
    if (this.byDevice.get(session.device) === session) this.byDevice.delete(session.device);
    return session;
  }

  ofClient(client: Client): DeviceSession | null {
    return this.ofConnection(client.conn);
  }

  ofConnection(connection: Duplex): DeviceSession | null {
    return this.byConnection.get(connection) ?? null;
  }

  ofDevice(device: string): DeviceSession | null {
    return this.byDevice.get(device) ?? null;
  }

  all(): Iterable<DeviceSession> {
    return this.byConnection.values();
  }
}
