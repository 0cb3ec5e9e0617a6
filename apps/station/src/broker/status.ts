import type { DeviceStatus } from '@app/contracts';
import { z } from 'zod';
import { BROKER_LIMITS } from './limits.js';

const count = z.number().int().min(0).max(1e9);
const schema = z.strictObject({
  state: z.enum(['online', 'offline']),
  waitingFrames: count.optional(),
  waitingSeconds: z.number().min(0).max(1e9).optional(),
  software: z.string().max(100).optional(),
});

export type ParsedStatus = { ok: true; status: DeviceStatus } | { ok: false; detail: string };

const text = new TextDecoder('utf-8', { fatal: true });

/** Parses the payload of a status message. Never throws. */
export function parseStatus(payload: Uint8Array): ParsedStatus {
  if (payload.length > BROKER_LIMITS.statusBytes)
    return { ok: false, detail: `${payload.length} bytes` };
  let json: unknown;
  try {
    json = JSON.parse(text.decode(payload));
  } catch {
    return { ok: false, detail: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return { ok: false, detail: parsed.error.issues[0]?.message ?? 'not a status message' };
  const { state, waitingFrames, waitingSeconds, software } = parsed.data;
  return {
    ok: true,
    status: {
      state,
      ...(waitingFrames === undefined ? {} : { waitingFrames }),
      ...(waitingSeconds === undefined ? {} : { waitingSeconds }),
      ...(software === undefined ? {} : { software }),
    },
  };
}
