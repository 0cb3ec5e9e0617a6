import { deserialize, serialize } from 'node:v8';
import type { DeviceSessionSnapshot } from './device-session.js';

/** Raise it whenever the meaning of any saved state changes: what an older version saved is computed anew. */
export const STATE_VERSION = 1;

/** A saved state that this version cannot use. */
export class StateVersionError extends Error {
  override name = 'StateVersionError';
}

interface Saved<T> {
  version: number;
  value: T;
}

export function encodeSession(session: DeviceSessionSnapshot): Uint8Array {
  return encode(session);
}

export function decodeSession(bytes: Uint8Array): DeviceSessionSnapshot {
  return decode<DeviceSessionSnapshot>(bytes);
}

export function encodeTick(atMs: number): Uint8Array {
  return encode(atMs);
}

export function decodeTick(bytes: Uint8Array): number {
  return decode<number>(bytes);
}

function encode<T>(value: T): Uint8Array {
  return serialize({ version: STATE_VERSION, value } satisfies Saved<T>);
}

function decode<T>(bytes: Uint8Array): T {
  const saved = deserialize(bytes) as Partial<Saved<T>> | null;
  if (saved?.version !== STATE_VERSION || saved.value === undefined) {
    throw new StateVersionError(
      `saved state is of version ${saved?.version ?? '(none)'}, this program writes version ${STATE_VERSION}`,
    );
  }
  return saved.value;
}
