import type { AlarmEvent } from '@app/contracts';
import { outwardAlarm } from '../platform/outward-alarm.js';
import { SIGNATURE_HEADER, sign } from './webhook-signature.js';

export interface WebhookTarget {
  url: string;
  secret: string;
}

/** What came of one try. `refused`: the receiver will not take it another time either. */
export type CallResult =
  { kind: 'taken' } | { kind: 'refused'; why: string } | { kind: 'failed'; why: string };

/** One try may take this long, ms. */
const TIMEOUT_MS = 5_000;
/** 4xx that are worth another try: request timeout, too early, too many requests. */
const PASSING = new Set([408, 425, 429]);

/** One try to tell the receiver of an event. The same event has the same `idempotency-key` every time. */
export async function callWebhook(
  { url, secret }: WebhookTarget,
  event: AlarmEvent,
  nowMs: number,
  signal: AbortSignal,
): Promise<CallResult> {
  const body = JSON.stringify({ type: 'alarm', event: outwardAlarm(event) });
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': event.id,
        'user-agent': 'vigil',
        [SIGNATURE_HEADER]: sign(body, secret, nowMs),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return resultOf(response.status);
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) };
  }
}

function resultOf(status: number): CallResult {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const why = `the receiver answered ${status}`;
  const isFinal = status >= 300 && status < 500 && !PASSING.has(status);
  return { kind: isFinal ? 'refused' : 'failed', why };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}
