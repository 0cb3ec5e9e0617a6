import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Registry } from '@app/registry';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, REGISTRY } from '../../platform/tokens.js';
import type { StationServer, StationSocket } from '../socket/station-socket.js';
import { ACCESS_LIMITS } from './access-limits.js';
import { AccessMetrics } from './access-metrics.js';
import { SocketAccess } from './socket-access.js';

/**
 * Holds open sockets against the registry: whoever signs out, is made inactive, gets another role or loses a ward loses the rooms
 * that go with it within a second, without asking for anything.
 */
@Injectable()
export class LiveSessions {
  private readonly logger = new Logger(LiveSessions.name);
  private server: StationServer | null = null;
  private leave: (socket: StationSocket, room: string) => void = () => undefined;
  private timer: NodeJS.Timeout | null = null;
  private revision: number | null = null;
  private checking = false;

  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly access: SocketAccess,
    private readonly metrics: AccessMetrics,
  ) {}

  start(server: StationServer, leave: (socket: StationSocket, room: string) => void): void {
    this.server = server;
    this.leave = leave;
    this.timer = setInterval(() => void this.check(), ACCESS_LIMITS.sessionCheckMs);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.server = null;
  }

  /** Tells a client that its session is over, and closes its connection. */
  end(socket: StationSocket): void {
    this.metrics.sessionsEnded.inc();
    socket.emit('session', null);
    socket.disconnect(true);
  }

  private async check(): Promise<void> {
    if (this.checking || this.server === null) return;
    this.checking = true;
    try {
      const revision = await this.registry.revision();
      const hasChanged = revision !== this.revision;
      const nowMs = this.clock.nowMs();
      for (const socket of this.server.sockets.sockets.values()) {
        if (hasChanged || socket.data.askAgainMs <= nowMs) await this.recheck(socket);
      }
      this.revision = revision;
    } catch (error) {
      this.logger.error(`sessions could not be looked up: ${(error as Error).message}`);
    } finally {
      this.checking = false;
    }
  }

  /** Ends it, or tells it what has changed and takes it out of rooms that it may not see any more. */
  async recheck(socket: StationSocket): Promise<void> {
    if (!(await this.access.refresh(socket))) {
      this.end(socket);
      return;
    }
    for (const room of socket.rooms) {
      if (room === socket.id || (await this.access.maySee(socket, room))) continue;
      this.leave(socket, room);
    }
  }
}
