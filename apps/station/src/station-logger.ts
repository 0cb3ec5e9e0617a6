import { ConsoleLogger } from '@nestjs/common';
import { isatty } from 'node:tty';

/** What Nest says about wiring itself: of no use to who runs a station. */
const QUIET = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/**
 * Nest's console logger without its start-up chatter, with times that sort and name their zone, and with colours only
 * where somebody looks: in a file they are noise.
 */
export class StationLogger extends ConsoleLogger {
  constructor() {
    const isSeen = isatty(1) && isatty(2) && !process.env['NO_COLOR'];
    super({ prefix: 'Vigil', colors: isSeen });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && QUIET.has(context)) return;
    super.log(message, ...rest);
  }

  /** ISO 8601, in UTC. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}
