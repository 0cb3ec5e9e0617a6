import { Logger } from '@nestjs/common';
import type { Clock } from '../../platform/clock.js';
import { EVENT_ACCESS, isKnownEvent } from '../access/event-access.js';
import type { LiveSessions } from '../access/live-sessions.js';
import type { SocketAccess } from '../access/socket-access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import type { GatewayMetrics } from '../gateway-metrics.js';
import { EventAllowance } from './event-allowance.js';
import type { StationSocket } from './station-socket.js';

interface Refusal {
  reason: string;
  error: string;
}

const SIGNED_OUT: Refusal = { reason: 'signed-out', error: 'sign in first' };

/**
 * Refuses what a client may not send, with a sentence to its callback where it gave one, before any handler sees it. Events
 * are looked at one after the other, so that they keep their order while the registry is asked.
 */
export class ClientGuard {
  private readonly logger = new Logger(ClientGuard.name);
  private readonly allowance = new EventAllowance(
    GATEWAY_LIMITS.eventBurst,
    GATEWAY_LIMITS.eventsPerSecond,
  );
  private refusedInARow = 0;
  /** Bounded by the allowance: what is above it never gets here. */
  private looking = Promise.resolve();

  constructor(
    private readonly socket: StationSocket,
    private readonly clock: Clock,
    private readonly metrics: GatewayMetrics,
    private readonly access: SocketAccess,
    private readonly sessions: LiveSessions,
  ) {}

  start(): void {
    this.socket.use(([event, ...args]: unknown[], next) => {
      if (!this.allowance.take(this.clock.nowMs())) {
        this.refuse(args, {
          reason: 'event-rate',
          error: `too many events: at most ${GATEWAY_LIMITS.eventsPerSecond} a second`,
        });
        return;
      }
      this.looking = this.looking.then(() => this.look(event, args, next));
    });
  }

  private async look(event: unknown, args: unknown[], next: () => void): Promise<void> {
    if (!this.socket.connected) return;
    const refusal = await this.refusalOf(event, args[0]);
    if (refusal !== null) {
      this.refuse(args, refusal);
      if (refusal === SIGNED_OUT) this.sessions.end(this.socket);
      return;
    }
    this.refusedInARow = 0;
    next();
  }

  private async refusalOf(event: unknown, argument: unknown): Promise<Refusal | null> {
    if (!isKnownEvent(event)) {
      const known = Object.keys(EVENT_ACCESS).join(', ');
      return { reason: 'unknown-event', error: `there is no such event: use ${known}` };
    }
    try {
      switch (await this.access.judge(this.socket, event, argument)) {
        case 'allowed':
          return null;
        case 'forbidden':
          // what it may not do now it may have been doing until now
          await this.sessions.recheck(this.socket);
          return { reason: 'forbidden', error: 'you may not do this, or there is no such place' };
        case 'signed-out':
          return SIGNED_OUT;
      }
    } catch (error) {
      this.logger.error(`who sent ${event} could not be looked up: ${(error as Error).message}`);
      return { reason: 'registry', error: 'the station cannot look up who you are: try again' };
    }
  }

  private refuse(args: readonly unknown[], { reason, error }: Refusal): void {
    this.metrics.refused.inc({ reason });
    replyTo(args)?.({ ok: false, error });
    if (++this.refusedInARow >= GATEWAY_LIMITS.refusedInARow) this.socket.disconnect(true);
  }
}

/** The callback that a client gave with an event, or null. */
export function replyTo(args: readonly unknown[]): ((answer: unknown) => void) | null {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as (answer: unknown) => void) : null;
}
