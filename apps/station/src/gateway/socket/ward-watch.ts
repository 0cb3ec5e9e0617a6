import { Inject, Injectable } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import { METRICS } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { RegistryFollower } from '../wall/registry-follower.js';
import { WallFollower } from '../wall/wall-follower.js';
import { HealthWords } from './health-words.js';
import { RoomFeed } from './room-feed.js';

/**
 * Whether somebody can see a ward: one that had a dashboard and has none any more, with patients in it, is told to the alarm
 * machine, which calls out by the webhook. After a restart of the gateway a ward is spoken of once a dashboard is back; until
 * then the machine hears nothing of it, and takes that for nobody.
 */
@Injectable()
export class WardWatch {
  /** Wards that had a dashboard, by id. */
  private readonly watched = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(METRICS) metrics: Registry,
    private readonly rooms: RoomFeed,
    private readonly follower: WallFollower,
    private readonly registry: RegistryFollower,
    private readonly words: HealthWords,
  ) {
    const counts = () => this.counts();
    void new Gauge({
      name: 'vigil_ward_dashboards',
      help: 'Dashboards that show a ward now, for wards that had one.',
      labelNames: ['ward'],
      registers: [metrics],
      collect() {
        this.reset();
        for (const [ward, open] of counts()) this.set({ ward }, open);
      },
    });
  }

  start(): void {
    this.timer = setInterval(() => this.look(), GATEWAY_LIMITS.wardWatchMs);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private look(): void {
    for (const ward of this.rooms.watchedWards()) this.watched.add(ward);
    for (const [ward, open] of this.counts()) {
      const isSeen = open > 0 || this.follower.wall.inWard(ward).length === 0;
      const message = isSeen
        ? 'somebody can see the ward'
        : `No dashboard shows ${this.registry.titleOf(ward)}: nobody would see an alarm`;
      void this.words.say({ part: 'dashboards', ward, ok: isSeen, message });
    }
  }

  private counts(): [ward: string, open: number][] {
    return [...this.watched]
      .filter((ward) => this.registry.knows(ward))
      .map((ward) => [ward, this.rooms.watching(`ward/${ward}`)]);
  }
}
