import { Inject, Injectable } from '@nestjs/common';
import { type ClientEvents, type Permission, sessionMay } from '@app/contracts';
import type { Registry } from '@app/registry';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, REGISTRY } from '../../platform/tokens.js';
import type { SocketSession, StationSocket } from '../socket/station-socket.js';
import { ACCESS_LIMITS } from './access-limits.js';
import { EVENT_ACCESS, type EventPlace, placeOfRoom } from './event-access.js';
import { sessionToken } from './session-cookie.js';
import { NOWHERE, Viewer } from './viewer.js';

export type EventVerdict = 'allowed' | 'forbidden' | 'signed-out';

/** What a socket may, as its session is at the moment of asking. */
@Injectable()
export class SocketAccess {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whose socket a request opens; null for nobody's. */
  async admit(request: IncomingMessage): Promise<SocketSession | null> {
    const token = sessionToken(request);
    return token === null ? null : this.read(token);
  }

  /** Asks for the socket's session, and tells the client when it has changed. @returns false when it has ended. */
  async refresh(socket: StationSocket): Promise<boolean> {
    const before = socket.data.session;
    const now = await this.read(socket.data.token);
    if (now === null) return false;
    socket.data = now;
    // that it was used is no news
    const isNews = !isDeepStrictEqual(
      { ...now.session, expiresMs: 0 },
      { ...before, expiresMs: 0 },
    );
    if (isNews) socket.emit('session', now.session);
    return true;
  }

  async judge(
    socket: StationSocket,
    event: keyof ClientEvents,
    argument: unknown,
  ): Promise<EventVerdict> {
    if (!(await this.refresh(socket))) return 'signed-out';
    const { permission, place } = EVENT_ACCESS[event];
    const about = place(argument);
    if (permission === null || about === null) return 'allowed';
    return (await this.mayAt(socket, permission, about)) ? 'allowed' : 'forbidden';
  }

  /** Whether the socket may stay in a room. */
  async maySee(socket: StationSocket, room: string): Promise<boolean> {
    const place = placeOfRoom(room);
    return place !== null && this.mayAt(socket, 'see-ward', place);
  }

  viewer(socket: StationSocket): Viewer {
    const { session, token } = socket.data;
    return new Viewer(session, token, this.clock.nowMs());
  }

  private async mayAt(
    socket: StationSocket,
    permission: Permission,
    place: EventPlace,
  ): Promise<boolean> {
    const ward = 'ward' in place ? place.ward : await this.registry.patients.wardOf(place.patient);
    return sessionMay(socket.data.session, permission, ward ?? NOWHERE, this.clock.nowMs());
  }

  private async read(token: string): Promise<SocketSession | null> {
    const session = await this.registry.sessions.find(token);
    if (session === null) return null;
    const nowMs = this.clock.nowMs();
    const ends = [
      session.expiresMs,
      ...(session.acting === null ? [] : [session.acting.untilMs]),
      ...session.emergency.map(({ untilMs }) => untilMs),
    ];
    const next = ends.filter((atMs) => atMs > nowMs);
    return {
      token,
      session,
      askAgainMs: Math.min(nowMs + ACCESS_LIMITS.sessionUseMs, ...next),
    };
  }
}
