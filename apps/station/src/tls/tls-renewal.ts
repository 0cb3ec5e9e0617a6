import { Logger } from '@nestjs/common';
import type { Server } from 'node:tls';
import type { Clock } from '../platform/clock.js';
import type { Settings } from '../settings.js';
import { type Tls, loadTls } from './tls.js';

const CHECK_EVERY_MS = 6 * 3_600_000;

/**
 * Gives the servers a new certificate while they run: a station is not restarted once a year, and files that an administrator
 * replaces are taken within six hours.
 */
export class TlsRenewal {
  private readonly logger = new Logger('Tls');
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private current: Tls,
    private readonly settings: Pick<Settings, 'tls' | 'tlsNames' | 'data'>,
    private readonly clock: Clock,
    private readonly servers: readonly Pick<Server, 'setSecureContext'>[],
  ) {}

  /** From now to the end of the process. */
  start(): void {
    this.timer ??= setInterval(() => void this.check(), CHECK_EVERY_MS).unref();
  }

  async check(): Promise<void> {
    try {
      const next = await loadTls(this.settings, this.clock.nowMs());
      if (next === null || next.cert.equals(this.current.cert)) return;
      for (const server of this.servers)
        server.setSecureContext({ cert: next.cert, key: next.key });
      this.current = next;
      this.logger.log(`a new certificate, valid until ${new Date(next.expiresMs).toISOString()}`);
    } catch (error) {
      this.logger.error(`the certificate is kept as it is: ${(error as Error).message}`);
    }
  }
}
