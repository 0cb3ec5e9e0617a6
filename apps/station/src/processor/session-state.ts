import { deserialize, serialize } from 'node:v8';
import type { DeviceSessionSnapshot } from './device-session.js';

/** Raise it whenever the meaning of any saved state changes: what an older version saved is computed anew. */
export const STATE_VERSION = 6;

/** A saved state that this version cannot use. */
export class StateVersionError extends Error {
  override name = 'StateVersionError';
}

export function encodeSession(session: DeviceSessionSnapshot): Uint8Array {
  return encode(session);
}

/** @throws StateVersionError, or an Error when the bytes are damaged */
export function decodeSession(bytes: Uint8Array): DeviceSessionSnapshot {
  return decode(bytes) as DeviceSessionSnapshot;
}

export function encodeTick(atMs: number): Uint8Array {
  return encode(atMs);
}

/** @throws StateVersionError, or an Error when the bytes are damaged */
export function decodeTick(bytes: Uint8Array): number {
  return decode(bytes) as number;
}

function encode(value: unknown): Uint8Array {
  return serialize({ version: STATE_VERSION, value });
}

function decode(bytes: Uint8Array): unknown {
  const saved = deserialize(bytes) as { version?: unknown; value?: unknown } | null;
  if (saved?.version !== STATE_VERSION) {
    throw new StateVersionError(
      `saved state is of version ${String(saved?.version)}, this program writes version ${STATE_VERSION}`,
    );
  }
  return saved.value;
}
