import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Reply, Snapshot } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { Acknowledgements } from './acknowledgements.js';
import { guardClient, replyTo } from './client-guard.js';
import { parseRoom, patientOfRoom } from './client-messages.js';
import { Heartbeats } from './heartbeats.js';
import { RoomFeed } from './room-feed.js';
import type { StationServer, StationSocket } from './station-socket.js';
import { WaveformFeed } from './waveform-feed.js';

/**
 * What dashboards may ask (`ClientEvents`). Handlers are bound to the socket at once, in the event of its connection:
 * an event that comes with the handshake is not lost.
 */
@WebSocketGateway()
export class WardGateway implements OnGatewayInit<StationServer>, BeforeApplicationShutdown {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: GatewayMetrics,
    private readonly rooms: RoomFeed,
    private readonly waveforms: WaveformFeed,
    private readonly heartbeats: Heartbeats,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  afterInit(server: StationServer): void {
    server.use((_socket, next) => {
      if (server.sockets.sockets.size < GATEWAY_LIMITS.clients) return next();
      this.metrics.refused.inc({ reason: 'clients' });
      next(new Error(`${GATEWAY_LIMITS.clients} dashboards are connected already`));
    });
    server.on('connection', (socket) => this.connected(socket));
    this.rooms.start(server);
    this.heartbeats.start(server);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.heartbeats.stop();
    this.rooms.stop();
    await this.waveforms.stop();
  }

  private connected(socket: StationSocket): void {
    this.metrics.clients.inc();
    guardClient(socket, this.clock, this.metrics);
    // a client may send anything: the types below hold only for honest ones
    socket.on('watch', (...args: unknown[]) => {
      const answer = this.watch(socket, args[0]);
      replyTo(args)?.(answer);
    });
    socket.on('unwatch', (...args: unknown[]) => {
      const answer = this.unwatch(socket, args[0]);
      replyTo(args)?.(answer);
    });
    socket.on('acknowledge', (...args: unknown[]) => {
      void this.acknowledgements.acknowledge(args[0]).then((answer) => replyTo(args)?.(answer));
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
      return this.refuse('bad-event', 'there is no such room: use ward or patient/<pseudonym>');
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
