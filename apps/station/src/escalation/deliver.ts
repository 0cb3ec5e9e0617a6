import type { AlarmEvent } from '@app/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResult } from './webhook-call.js';

/** How long an event is tried from when it happened, ms: an alarm of a quarter of an hour ago calls nobody any more. */
export const WORTH_TELLING_MS = 900_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export type Delivery = 'taken' | 'refused' | 'too-old' | 'stopped';

export interface DeliveryParts {
  call: (event: AlarmEvent) => Promise<CallResult>;
  nowMs: () => number;
  /** Of every try that came to nothing. */
  tell: (why: string) => void;
  signal: AbortSignal;
  /** For tests: how long the first wait is, ms. */
  firstWaitMs?: number;
}

/** Tries until the receiver has taken it, refuses it, or it is not worth telling any more. Waits twice as long each time. */
export async function deliver(event: AlarmEvent, parts: DeliveryParts): Promise<Delivery> {
  const { call, nowMs, tell, signal } = parts;
  let waitMs = parts.firstWaitMs ?? FIRST_WAIT_MS;
  while (!signal.aborted) {
    if (nowMs() - event.atMs > WORTH_TELLING_MS) return 'too-old';
    const result = await call(event);
    if (result.kind === 'taken') return 'taken';
    if (signal.aborted) break;
    tell(result.why);
    if (result.kind === 'refused') return 'refused';
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  }
  return 'stopped';
}
