import type { Frame, StrayRecord } from '@app/contracts';
import { ORDER_RULES } from '@app/stream';
import { DeviceSession } from './device-session.js';
import type { FrameSource } from './frame-source.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow } from './ready-window.js';
import type { StrayFrame } from './strays.js';
import { decodeSession, decodeTick, encodeSession, encodeTick } from './session-state.js';

/** A device that sent nothing for this long is forgotten, ms: 12 hours. */
const IDLE_MS = 12 * 3_600_000;
const IDLE_CHECK_MS = 60_000;
/** Key of the partition's own state; no device has such a name. */
const PARTITION_KEY = ':partition';

/** State of the devices of one partition of `frames`, and which of it has changed since the last checkpoint. */
export class PartitionSessions {
  private readonly sessions = new Map<string, DeviceSession>();
  private readonly changed = new Set<string>();
  private readonly deleted = new Set<string>();
  private lastTickMs: number | null = null;
  private idleCheckedMs = 0;

  /** @throws when a saved state is of another version or damaged */
  constructor(
    private readonly metrics: ProcessorMetrics,
    saved?: ReadonlyMap<string, Uint8Array>,
  ) {
    for (const [key, bytes] of saved ?? []) {
      if (key === PARTITION_KEY) this.lastTickMs = decodeTick(bytes);
      else this.sessions.set(key, new DeviceSession(key, metrics, decodeSession(bytes)));
    }
  }

  get size(): number {
    return this.sessions.size;
  }

  get lanes(): number {
    let sum = 0;
    for (const session of this.sessions.values()) sum += session.lanes;
    return sum;
  }

  take(frame: Frame, source: FrameSource, ready: ReadyWindow[]): void {
    const { device } = frame;
    const session = this.sessionOf(device);
    try {
      session.take(frame, source, ready);
    } catch (error) {
      this.beginAnew(device, `boot ${frame.bootId}, frame ${frame.sequence}`, error);
    }
  }

  /** A frame that is nobody's. @returns what is to be recorded of it. */
  stray(device: string, source: StrayFrame): StrayRecord | null {
    return this.sessionOf(device).stray(source);
  }

  private sessionOf(device: string): DeviceSession {
    let session = this.sessions.get(device);
    if (session === undefined) {
      session = new DeviceSession(device, this.metrics);
      this.sessions.set(device, session);
      this.deleted.delete(device);
    }
    this.changed.add(device);
    return session;
  }

  tick(atMs: number, ready: ReadyWindow[]): void {
    const away = this.lastTickMs !== null && atMs - this.lastTickMs > ORDER_RULES.awayMs;
    this.lastTickMs = atMs;
    for (const [device, session] of this.sessions) {
      try {
        if (session.tick(atMs, away, ready)) this.changed.add(device);
      } catch (error) {
        this.beginAnew(device, 'a tick', error);
      }
    }
    if (atMs - this.idleCheckedMs < IDLE_CHECK_MS) return;
    this.idleCheckedMs = atMs;
    for (const [device, session] of this.sessions) {
      if (session.isIdle(atMs, IDLE_MS)) this.drop(device);
    }
  }

  /** What one device sends must not stop the ward, nor a restart fail on it again. */
  private beginAnew(device: string, what: string, error: unknown): void {
    this.drop(device);
    this.metrics.failed(`${device}, ${what}`, error);
  }

  /** Forgets a device. */
  drop(device: string): void {
    this.sessions.delete(device);
    this.changed.delete(device);
    this.deleted.add(device);
  }

  /** What changed since the last call, for a checkpoint. */
  takeChanges(): { state: Map<string, Uint8Array>; deleted: string[] } {
    const state = new Map<string, Uint8Array>();
    if (this.lastTickMs !== null) state.set(PARTITION_KEY, encodeTick(this.lastTickMs));
    for (const device of this.changed) {
      const session = this.sessions.get(device);
      if (session !== undefined) state.set(device, encodeSession(session.save()));
    }
    const deleted = [...this.deleted].filter((key) => !state.has(key));
    this.changed.clear();
    this.deleted.clear();
    return { state, deleted };
  }
}
