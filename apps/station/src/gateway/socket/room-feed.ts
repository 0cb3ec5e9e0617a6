import { Inject, Injectable } from '@nestjs/common';
import type { Room, Snapshot } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { RegistryFollower } from '../wall/registry-follower.js';
import { WallFollower } from '../wall/wall-follower.js';
import { wardOfRoom } from './client-messages.js';
import { RoomLedger } from './room-ledger.js';
import type { StationServer, StationSocket } from './station-socket.js';
import { WallRooms } from './wall-rooms.js';

/** Sends the numbered updates of watched rooms: the first change at once, those of the next 200 ms together. */
@Injectable()
export class RoomFeed {
  private readonly ledger: RoomLedger;
  private readonly watchers = new Map<Room, Set<StationSocket>>();
  /** Arrival at the broker of each result that has not been sent yet, ms. */
  private unsentArrivalsMs: number[] = [];
  private server: StationServer | null = null;
  private timer: NodeJS.Timeout | null = null;
  private sentMs = 0;
  private startedMs = 0;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly follower: WallFollower,
    registry: RegistryFollower,
    rooms: WallRooms,
    private readonly metrics: GatewayMetrics,
  ) {
    this.ledger = new RoomLedger(rooms);
    follower.onChange((patient, appendMs) => this.changed(patient, appendMs));
    follower.onStrays(() => this.sendSoon());
    // a device may have come to another ward
    registry.onChange(() => this.sendSoon());
  }

  start(server: StationServer): void {
    this.server = server;
    this.startedMs = this.clock.nowMs();
  }

  stop(): void {
    this.server = null;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** @returns the room's state, or null when the client watches as many rooms as it may. */
  join(socket: StationSocket, room: Room): Snapshot | null {
    const watched = [...this.watchers.values()].filter((sockets) => sockets.has(socket)).length;
    const watching = this.watchers.get(room) ?? new Set();
    if (!watching.has(socket) && watched >= GATEWAY_LIMITS.roomsPerClient) return null;
    this.watchers.set(room, watching.add(socket));
    void socket.join(room);
    return this.ledger.snapshot(room, Math.round(this.clock.nowMs()));
  }

  leave(socket: StationSocket, room: Room): void {
    void socket.leave(room);
    const watching = this.watchers.get(room);
    watching?.delete(socket);
    if (watching?.size !== 0) return;
    this.watchers.delete(room);
    this.ledger.close(room);
  }

  leaveAll(socket: StationSocket): void {
    for (const room of this.watchers.keys()) this.leave(socket, room);
  }

  /** How many clients watch a room now. */
  watching(room: Room): number {
    return this.watchers.get(room)?.size ?? 0;
  }

  /** Wards that some client watches now. */
  watchedWards(): string[] {
    return [...this.watchers.keys()].flatMap((room) => wardOfRoom(room) ?? []);
  }

  private changed(patient: string, appendMs: number): void {
    if (this.server === null) return;
    this.ledger.change(patient);
    const state = this.follower.wall.state(patient);
    // what was recorded before this gateway started says nothing about how fast it is
    if (state?.vital && state.lastDataMs === appendMs && appendMs >= this.startedMs) {
      this.unsentArrivalsMs.push(appendMs - state.vital.latencyMs);
    }
    this.sendSoon();
  }

  private sendSoon(): void {
    if (this.server === null) return;
    const waitMs = this.sentMs + GATEWAY_LIMITS.updateEveryMs - this.clock.nowMs();
    this.timer ??= setTimeout(() => this.send(), Math.max(0, waitMs));
  }

  private send(): void {
    this.timer = null;
    if (this.server === null) return;
    this.sentMs = Math.round(this.clock.nowMs());
    const updates = this.ledger.takeUpdates(this.sentMs);
    for (const update of updates) this.server.to(update.room).emit('update', update);
    this.metrics.updates.inc(updates.length);
    for (const arrivalMs of this.unsentArrivalsMs) {
      this.metrics.endToEndSeconds.observe(Math.max(0, this.sentMs - arrivalMs) / 1000);
    }
    this.unsentArrivalsMs = [];
  }
}
