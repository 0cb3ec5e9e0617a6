import { Inject, Injectable } from '@nestjs/common';
import type { Heartbeat } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { Health } from '../../platform/health.js';
import { CLOCK } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { WallFollower } from '../wall/wall-follower.js';
import { CanaryWatch } from './canary-watch.js';
import type { StationServer } from './station-socket.js';

/** Once a second, to every client: how far processor and alarm machine have come, and what is wrong. */
@Injectable()
export class Heartbeats {
  private sequence = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly health: Health,
    private readonly follower: WallFollower,
    private readonly canary: CanaryWatch,
  ) {}

  start(server: StationServer): void {
    this.timer = setInterval(
      () => server.emit('heartbeat', this.next()),
      GATEWAY_LIMITS.heartbeatEveryMs,
    );
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private next(): Heartbeat {
    return {
      sequence: ++this.sequence,
      serverMs: Math.round(this.clock.nowMs()),
      processorMs: this.follower.processor.oldestMs(),
      alarmsMs: this.follower.alarms.oldestMs(),
      notices: this.health
        .parts()
        .filter(({ ok }) => !ok)
        .map(({ message }) => message),
      canary: this.canary.health(),
    };
  }
}
