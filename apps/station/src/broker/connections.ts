import { CANARY } from '@app/contracts';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../platform/clock.js';
import { CLOCK } from '../platform/tokens.js';
import { BrokerMetrics } from './broker-metrics.js';
import type { ConnectRefusal } from './connect-policy.js';
import { GuardedConnection } from './guarded-connection.js';
import { BROKER_LIMITS } from './limits.js';
import { InFlightTotal, PacketGate, type Refusal } from './packet-gate.js';
import { ReportLimit } from '../platform/report-limit.js';
import { TokenBucket } from './token-bucket.js';

/** Why a connection never became a session; the `reason` of the metric. */
export type ConnectionRefusal =
  | ConnectRefusal
  | Refusal['reason']
  | 'connections'
  | 'unauthenticated'
  /** The system had no file descriptor for it. */
  | 'not-accepted'
  | 'connect-timeout'
  | 'protocol-version'
  /** The client went away by itself. */
  | 'gave-up';

/** Replaces these two bounds of `BROKER_LIMITS`. */
export const CONNECTION_LIMITS = Symbol('ConnectionLimits');
export type ConnectionLimits = Record<'connections' | 'unauthenticatedConnections', number>;

interface OpenConnection {
  isSession: boolean;
  /** Whether it is counted: the station's own device is none of the ward's. */
  isCounted: boolean;
  refusal: ConnectionRefusal | null;
}

/** All open connections, and why those that never became a session were closed. */
@Injectable()
export class Connections {
  readonly inFlight = new InFlightTotal();
  private readonly logger = new Logger('Broker');
  private readonly logged = new ReportLimit<ConnectionRefusal>(BROKER_LIMITS.reportIntervalMs);
  private readonly open = new Map<Duplex, OpenConnection>();
  private unauthenticated = 0;

  constructor(
    private readonly metrics: BrokerMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional()
    @Inject(CONNECTION_LIMITS)
    private readonly limits: ConnectionLimits = BROKER_LIMITS,
  ) {}

  get count(): number {
    return [...this.open.values()].filter(({ isCounted }) => isCounted).length;
  }

  get unauthenticatedCount(): number {
    return this.unauthenticated;
  }

  /**
   * Guards a new socket, or closes it when there are too many.
   * @param onRefused gets a packet that the gate refused on a session's connection.
   */
  admit(
    socket: Socket,
    onRefused: (connection: GuardedConnection, refusal: Refusal) => void,
  ): GuardedConnection | null {
    const excess = this.excess();
    if (excess !== null) {
      socket.destroy();
      this.tally(excess, 'too many connections');
      return null;
    }
    const { packetsPerSecond, packetBurst } = BROKER_LIMITS;
    const pace = new TokenBucket(packetsPerSecond, packetBurst, this.clock.nowMs());
    const gate = new PacketGate(pace, this.inFlight);
    const connection: GuardedConnection = new GuardedConnection(
      socket,
      gate,
      this.inFlight,
      this.clock,
      (refusal) => {
        if (this.open.get(connection)?.isSession === true) onRefused(connection, refusal);
        else this.refuse(connection, refusal.reason, refusal.detail);
      },
    );
    const entry: OpenConnection = { isSession: false, isCounted: true, refusal: null };
    this.open.set(connection, entry);
    this.unauthenticated++;
    connection.once('close', () => {
      this.open.delete(connection);
      if (entry.isSession) return;
      this.unauthenticated--;
      if (entry.refusal === null) this.tally('gave-up', 'before it was authenticated');
    });
    return connection;
  }

  /** The connection has authenticated. */
  promote(connection: Duplex, device: string): void {
    const entry = this.open.get(connection);
    if (entry === undefined || entry.isSession) return;
    entry.isCounted = device !== CANARY;
    entry.isSession = true;
    this.unauthenticated--;
  }

  /** Counts why the connection will not become a session, and closes it unless its CONNACK is still to be written. */
  refuse(
    connection: Duplex,
    reason: ConnectionRefusal,
    detail: string,
    close: 'close' | 'answer-first' = 'close',
  ): void {
    const entry = this.open.get(connection);
    if (entry === undefined || entry.isSession || entry.refusal !== null) return;
    entry.refusal = reason;
    this.tally(reason, detail);
    if (close === 'close') connection.destroy();
  }

  /** A connection failed before there was a socket. */
  failed(error: Error): void {
    this.tally('not-accepted', error.message);
  }

  closeAll(): void {
    for (const connection of this.open.keys()) connection.destroy();
  }

  private excess(): ConnectionRefusal | null {
    if (this.open.size >= this.limits.connections) return 'connections';
    return this.unauthenticated >= this.limits.unauthenticatedConnections
      ? 'unauthenticated'
      : null;
  }

  private tally(reason: ConnectionRefusal, detail: string): void {
    this.metrics.refused.inc({ reason });
    const count = this.logged.note(reason, this.clock.nowMs());
    if (count !== null && reason !== 'gave-up')
      this.logger.warn(
        `connection refused: ${reason}: ${JSON.stringify(detail)} (${count} since the last such line)`,
      );
  }
}
