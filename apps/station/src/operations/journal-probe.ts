import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Journal } from '@app/journal';
import type { Clock } from '../platform/clock.js';
import { Health } from '../platform/health.js';
import { CLOCK, JOURNAL } from '../platform/tokens.js';

const EVERY_MS = 1000;
const STALE_MS = 4000;

/** Asks the journal something small every second: one that does not answer is not ready. */
@Injectable()
export class JournalProbe implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private asking = false;
  private answeredMs: number | null = null;
  private failure: string | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    health: Health,
  ) {
    health.register('journal', () => this.health());
  }

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.ask(), EVERY_MS);
    await this.ask();
  }

  beforeApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      await this.journal.bounds('ward');
      this.answeredMs = this.clock.nowMs();
      this.failure = null;
    } catch (error) {
      this.failure = (error as Error).message;
    } finally {
      this.asking = false;
    }
  }

  private health() {
    if (this.failure !== null) {
      return { ok: false, message: `The journal cannot be read: ${this.failure}` };
    }
    const silentMs = this.clock.nowMs() - (this.answeredMs ?? 0);
    if (this.answeredMs === null) return { ok: false, message: 'The journal has not answered yet' };
    return silentMs < STALE_MS
      ? { ok: true, message: 'The journal answers' }
      : { ok: false, message: `The journal has not answered for ${Math.round(silentMs / 1000)} s` };
  }
}
