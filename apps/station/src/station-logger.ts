import { ConsoleLogger } from '@nestjs/common';

/** What Nest says about wiring itself: of no use to who runs a station. */
const QUIET = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/** Nest's console logger without its start-up chatter. */
export class StationLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && QUIET.has(context)) return;
    super.log(message, ...rest);
  }
}
