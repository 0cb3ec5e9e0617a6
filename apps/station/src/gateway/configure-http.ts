import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { Settings } from '../settings.js';
import { GATEWAY_LIMITS } from './gateway-limits.js';
import { serveOpenApi } from './http/open-api.js';
import { dashboardFolder } from './web/dashboard-folder.js';
import { refuseStrangers } from './web/refuse-strangers.js';
import { RequestOrigin } from './web/request-origin.js';
import { securityHeaders } from './web/security-headers.js';
import { SocketAdapter } from './web/socket-adapter.js';

/** What the HTTP server needs before it listens: bounds, headers, who may ask, sockets, the dashboard's files. */
export function configureHttp(
  app: NestExpressApplication,
  settings: Pick<Settings, 'allowRemote' | 'roles'>,
): void {
  const server = app.getHttpServer() as Server;
  const origin = new RequestOrigin(settings.allowRemote);
  server.maxConnections = GATEWAY_LIMITS.connections;
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use(refuseStrangers(origin));
  app.useWebSocketAdapter(new SocketAdapter(app, origin));
  if (!settings.roles.includes('gateway')) return;
  app.useStaticAssets(dashboardFolder(), { index: false, immutable: false, maxAge: 0 });
  serveOpenApi(app);
}
