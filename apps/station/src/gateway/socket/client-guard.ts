import type { Clock } from '../../platform/clock.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import type { GatewayMetrics } from '../gateway-metrics.js';
import { EventAllowance } from './event-allowance.js';
import type { StationSocket } from './station-socket.js';

const KNOWN_EVENTS: readonly unknown[] = ['watch', 'unwatch', 'acknowledge'];

/** Refuses what a client may not send, with a sentence to its callback where it gave one, before any handler sees it. */
export function guardClient(socket: StationSocket, clock: Clock, metrics: GatewayMetrics): void {
  const allowance = new EventAllowance(GATEWAY_LIMITS.eventBurst, GATEWAY_LIMITS.eventsPerSecond);
  let refusedInARow = 0;
  socket.use(([event, ...args]: unknown[], next) => {
    const problem = problemOf(event, allowance.take(clock.nowMs()));
    if (problem === null) {
      refusedInARow = 0;
      next();
      return;
    }
    metrics.refused.inc({ reason: problem.reason });
    replyTo(args)?.({ ok: false, error: problem.error });
    if (++refusedInARow >= GATEWAY_LIMITS.refusedInARow) socket.disconnect(true);
  });
}

/** The callback that a client gave with an event, or null. */
export function replyTo(args: readonly unknown[]): ((answer: unknown) => void) | null {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as (answer: unknown) => void) : null;
}

function problemOf(event: unknown, allowed: boolean): { reason: string; error: string } | null {
  if (!allowed) {
    return {
      reason: 'event-rate',
      error: `too many events: at most ${GATEWAY_LIMITS.eventsPerSecond} a second`,
    };
  }
  if (!KNOWN_EVENTS.includes(event)) {
    return {
      reason: 'unknown-event',
      error: `there is no such event: use ${KNOWN_EVENTS.join(', ')}`,
    };
  }
  return null;
}
