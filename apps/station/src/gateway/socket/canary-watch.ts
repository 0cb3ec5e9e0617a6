import { Inject, Injectable } from '@nestjs/common';
import {
  CANARY_BPM,
  CANARY_DUE_MS,
  type Canary,
  type CanaryEvent,
  type CanaryHealth,
} from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { Health, type PartHealth } from '../../platform/health.js';
import { CLOCK, SETTINGS_TOKEN } from '../../platform/tokens.js';
import type { Settings } from '../../settings.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { WallFollower } from '../wall/wall-follower.js';
import { CanaryMetrics } from './canary-metrics.js';
import { CanaryRecord } from './canary-record.js';
import { HealthWords } from './health-words.js';
import type { StationServer, StationSocket } from './station-socket.js';

/**
 * Sends every canary that comes through to every client. It has come through when all have confirmed it that confirmed one
 * before: programs that watch need not. For too long without one: a notice, and a word for the alarm machine.
 */
@Injectable()
export class CanaryWatch {
  private readonly record = new CanaryRecord();
  private readonly confirming = new WeakSet<StationSocket>();
  private readonly isOn: boolean;
  private server: StationServer | null = null;
  private timer: NodeJS.Timeout | null = null;
  private startedMs = 0;
  private lastMs: number | null = null;
  /** Newest window that was sent: an event that is read again is not sent again. */
  private sentWindowMs = 0;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) { canary }: Settings,
    health: Health,
    follower: WallFollower,
    private readonly words: HealthWords,
    private readonly metrics: CanaryMetrics,
  ) {
    this.isOn = canary;
    if (!canary) return;
    metrics.ageSeconds = () => this.ageMs() / 1000;
    health.register('canary', () => this.partHealth(), false);
    follower.onCanary((event) => void this.take(event));
  }

  start(server: StationServer): void {
    this.server = server;
    this.startedMs = this.clock.nowMs();
    // said also where there is none: there may have been one, which would be missed for ever
    this.timer = setInterval(() => {
      void this.words.say({ part: 'canary', ...this.partHealth() });
    }, GATEWAY_LIMITS.canaryLookMs);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.server = null;
  }

  /** For the heartbeat. */
  health(): CanaryHealth | null {
    if (!this.isOn) return null;
    return { lastMs: this.lastMs, latencyP99Ms: this.record.p99Ms(this.clock.nowMs()) };
  }

  private async take({ id, bpm, windowEndMs }: CanaryEvent): Promise<void> {
    const { server } = this;
    const serverMs = Math.round(this.clock.nowMs());
    if (server === null || windowEndMs <= this.sentWindowMs) return;
    if (serverMs - windowEndMs > GATEWAY_LIMITS.canaryLateMs) {
      this.metrics.results.inc({ result: 'late' });
      return;
    }
    if (bpm === null || Math.abs(bpm - CANARY_BPM.rate) > CANARY_BPM.tolerance) {
      this.metrics.results.inc({ result: 'wrong-rate' });
      return;
    }
    this.sentWindowMs = windowEndMs;
    const canary: Canary = { id, windowEndMs, serverMs };
    const sockets = [...server.sockets.sockets.values()];
    const seen = await Promise.all(sockets.map((socket) => this.send(socket, canary)));
    if (seen.every(Boolean)) {
      this.lastMs = this.clock.nowMs();
      this.metrics.results.inc({ result: 'through' });
    } else this.metrics.results.inc({ result: 'unconfirmed' });
  }

  /** @returns whether it has come, or nobody waits for the client's word: it never confirmed one, or is gone. */
  private async send(socket: StationSocket, canary: Canary): Promise<boolean> {
    try {
      await socket.timeout(GATEWAY_LIMITS.canaryConfirmMs).emitWithAck('canary', canary);
    } catch {
      return !this.confirming.has(socket) || !socket.connected;
    }
    this.confirming.add(socket);
    const nowMs = this.clock.nowMs();
    const latencyMs = nowMs - canary.windowEndMs;
    this.record.note(nowMs, latencyMs);
    this.metrics.latencySeconds.observe(Math.max(0, latencyMs) / 1000);
    return true;
  }

  private ageMs(): number {
    return Math.max(0, this.clock.nowMs() - (this.lastMs ?? this.startedMs));
  }

  private partHealth(): PartHealth {
    if (!this.isOn) return { ok: true, message: 'this station has no canary' };
    const ageMs = this.startedMs === 0 ? 0 : this.ageMs();
    if (ageMs <= CANARY_DUE_MS) return { ok: true, message: 'canaries come through' };
    const minutes = Math.floor(ageMs / 60_000);
    return {
      ok: false,
      message: `No test signal (canary) has come through for ${minutes} min: screens may not show what is true`,
    };
  }
}
