import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Inject, Logger } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Reply, Snapshot } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { LiveSessions } from '../access/live-sessions.js';
import { SocketAccess } from '../access/socket-access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { CanaryWatch } from './canary-watch.js';
import { ClientGuard, replyTo } from './client-guard.js';
import { parseRoom, patientOfRoom } from './client-messages.js';
import { Heartbeats } from './heartbeats.js';
import { NurseActions } from './nurse-actions.js';
import { RoomFeed } from './room-feed.js';
import type { StationServer, StationSocket } from './station-socket.js';
import { WardWatch } from './ward-watch.js';
import { WaveformFeed } from './waveform-feed.js';

/**
 * What dashboards may ask (`ClientEvents`). Handlers are bound to the socket at once, in the event of its connection:
 * an event that comes with the handshake is not lost.
 */
@WebSocketGateway()
export class WardGateway implements OnGatewayInit<StationServer>, BeforeApplicationShutdown {
  private readonly logger = new Logger(WardGateway.name);

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: GatewayMetrics,
    private readonly rooms: RoomFeed,
    private readonly waveforms: WaveformFeed,
    private readonly heartbeats: Heartbeats,
    private readonly actions: NurseActions,
    private readonly canary: CanaryWatch,
    private readonly wards: WardWatch,
    private readonly access: SocketAccess,
    private readonly sessions: LiveSessions,
  ) {}

  afterInit(server: StationServer): void {
    server.use((socket, next) => void this.admit(server, socket, next));
    server.on('connection', (socket) => this.connected(socket));
    this.rooms.start(server);
    this.heartbeats.start(server);
    this.canary.start(server);
    this.wards.start();
    this.sessions.start(server, (socket, room) => this.unwatch(socket, room));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.heartbeats.stop();
    this.canary.stop();
    this.wards.stop();
    this.sessions.stop();
    this.rooms.stop();
    await this.waveforms.stop();
  }

  private async admit(
    server: StationServer,
    socket: StationSocket,
    next: (error?: Error) => void,
  ): Promise<void> {
    const problem = await this.problemWith(server, socket);
    if (problem === null) next();
    else next(new Error(problem));
  }

  /** @returns why a connection is refused, or null when it has a session. */
  private async problemWith(server: StationServer, socket: StationSocket): Promise<string | null> {
    if (server.sockets.sockets.size >= GATEWAY_LIMITS.clients) {
      this.metrics.refused.inc({ reason: 'clients' });
      return `${GATEWAY_LIMITS.clients} dashboards are connected already`;
    }
    try {
      const session = await this.access.admit(socket.request);
      if (session !== null) {
        socket.data = session;
        return null;
      }
    } catch (error) {
      this.logger.error(`who connects could not be looked up: ${(error as Error).message}`);
      return 'the station cannot look up who you are: try again';
    }
    this.metrics.refused.inc({ reason: 'signed-out' });
    return 'sign in first';
  }

  private connected(socket: StationSocket): void {
    this.metrics.clients.inc();
    // what was read before the connection came may have changed since
    socket.emit('session', socket.data.session);
    new ClientGuard(socket, this.clock, this.metrics, this.access, this.sessions).start();
    // a client may send anything: the types below hold only for honest ones
    socket.on('watch', (...args: unknown[]) => {
      const answer = this.watch(socket, args[0]);
      replyTo(args)?.(answer);
    });
    socket.on('unwatch', (...args: unknown[]) => {
      const answer = this.unwatch(socket, args[0]);
      replyTo(args)?.(answer);
    });
    socket.on('now', (...args: unknown[]) => {
      replyTo(args)?.({ serverMs: Math.round(this.clock.nowMs()) });
    });
    socket.on('acknowledge', (...args: unknown[]) => {
      const { actor } = this.access.viewer(socket);
      void this.actions.acknowledge(args[0], actor).then((answer) => replyTo(args)?.(answer));
    });
    socket.on('pause-audio', (...args: unknown[]) => {
      const { actor } = this.access.viewer(socket);
      void this.actions.pauseAudio(args[0], actor).then((answer) => replyTo(args)?.(answer));
    });
    socket.on('disconnect', () => {
      this.metrics.clients.dec();
      this.rooms.leaveAll(socket);
      this.waveforms.leaveAll(socket);
    });
  }

  private watch(socket: StationSocket, value: unknown): Snapshot | { ok: false; error: string } {
    const room = parseRoom(value);
    if (room === null) {
      return this.refuse(
        'bad-event',
        'there is no such room: use ward/<id> or patient/<pseudonym>',
      );
    }
    const snapshot = this.rooms.join(socket, room);
    if (snapshot === null) {
      const { roomsPerClient } = GATEWAY_LIMITS;
      return this.refuse('rooms', `at most ${roomsPerClient} rooms may be watched at once`);
    }
    const patient = patientOfRoom(room);
    if (patient !== null) this.waveforms.join(socket, patient);
    return snapshot;
  }

  private unwatch(socket: StationSocket, value: unknown): Reply {
    const room = parseRoom(value);
    if (room === null) return this.refuse('bad-event', 'there is no such room');
    this.rooms.leave(socket, room);
    const patient = patientOfRoom(room);
    if (patient !== null) this.waveforms.leave(socket, patient);
    return { ok: true };
  }

  private refuse(reason: string, error: string): { ok: false; error: string } {
    this.metrics.refused.inc({ reason });
    return { ok: false, error };
  }
}
