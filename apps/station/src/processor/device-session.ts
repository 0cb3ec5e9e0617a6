import type { Frame, StrayRecord } from '@app/contracts';
import { BootSession, type BootSessionSnapshot } from './boot-session.js';
import type { FrameSource } from './frame-source.js';
import type { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow } from './ready-window.js';
import { type StrayFrame, type StraySnapshot, Strays } from './strays.js';

/** Structured-cloneable state of a `DeviceSession`. */
export interface DeviceSessionSnapshot {
  device: string;
  boots: BootSessionSnapshot[];
  retired: string[];
  lastFrameMs: number;
  strays: StraySnapshot;
}

/** Boots kept per device: the current one, and one that may still have late frames. */
const BOOTS = 2;
/** Boots remembered as over. A frame of one of them could only repeat what was answered. */
const RETIRED_BOOTS = 16;

/** One device: its boots, the least recently used first, and its frames that are nobody's. */
export class DeviceSession {
  readonly device: string;
  private readonly boots: BootSession[];
  private readonly retired: string[];
  private lastFrameMs: number;
  private readonly strays: Strays;

  constructor(
    device: string,
    private readonly metrics: ProcessorMetrics,
    saved?: DeviceSessionSnapshot,
  ) {
    this.device = device;
    this.boots = (saved?.boots ?? []).map((boot) => new BootSession(boot.bootId, metrics, boot));
    this.retired = saved?.retired.slice() ?? [];
    this.lastFrameMs = saved?.lastFrameMs ?? 0;
    this.strays = new Strays(saved?.strays);
  }

  save(): DeviceSessionSnapshot {
    return {
      device: this.device,
      boots: this.boots.map((boot) => boot.save()),
      retired: this.retired.slice(),
      lastFrameMs: this.lastFrameMs,
      strays: this.strays.save(),
    };
  }

  get lanes(): number {
    return this.boots.reduce((sum, boot) => sum + boot.lanes, 0);
  }

  isIdle(atMs: number, longerThanMs: number): boolean {
    return atMs - this.lastFrameMs > longerThanMs;
  }

  take(frame: Frame, from: FrameSource, ready: ReadyWindow[]): void {
    this.lastFrameMs = Math.max(this.lastFrameMs, from.receivedMs);
    const boot = this.bootOf(frame.bootId);
    if (boot === null) this.metrics.unplaced.inc({ reason: 'retired-boot' });
    else boot.take(frame, from, ready);
  }

  /** Takes a frame that is nobody's: for all patients it is a gap. @returns what is to be recorded of it. */
  stray(from: StrayFrame): StrayRecord | null {
    this.lastFrameMs = Math.max(this.lastFrameMs, from.receivedMs);
    return this.strays.note(this.device, from);
  }

  /** One tick of the station; true when it moved anything. */
  tick(atMs: number, away: boolean, ready: ReadyWindow[]): boolean {
    let moved = false;
    for (const boot of this.boots) moved = boot.tick(atMs, away, ready) || moved;
    return moved;
  }

  private bootOf(bootId: string): BootSession | null {
    const at = this.boots.findIndex((boot) => boot.bootId === bootId);
    const known = this.boots[at];
    if (known !== undefined) {
      if (at < this.boots.length - 1) this.boots.push(...this.boots.splice(at, 1));
      return known;
    }
    if (this.retired.includes(bootId)) return null;
    const boot = new BootSession(bootId, this.metrics);
    this.boots.push(boot);
    while (this.boots.length > BOOTS) this.retire();
    return boot;
  }

  private retire(): void {
    const over = this.boots.shift();
    if (over === undefined) return;
    this.retired.push(over.bootId);
    if (this.retired.length > RETIRED_BOOTS) this.retired.shift();
  }
}
