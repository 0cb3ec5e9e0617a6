import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Settings } from '../settings.js';
import { AccessGuard } from './access/access.guard.js';
import { GATEWAY_LIMITS } from './gateway-limits.js';
import { DOCS_PATHS, serveOpenApi } from './http/open-api.js';
import { dashboardFolder } from './web/dashboard-folder.js';
import { jsonBodiesOnly } from './web/json-bodies-only.js';
import { refuseStrangers } from './web/refuse-strangers.js';
import { type Reach, RequestOrigin } from './web/request-origin.js';
import { securityHeaders } from './web/security-headers.js';
import { signedInOnly } from './web/signed-in-only.js';
import { SocketAdapter } from './web/socket-adapter.js';

/**
 * What the HTTP server needs before it listens: bounds, headers, who may ask, sockets, the dashboard's files.
 * @param dashboard the folder of the dashboard's build, which may be missing.
 */
export function configureHttp(
  app: NestExpressApplication,
  settings: Pick<Settings, 'allowRemote' | 'roles' | 'tls'>,
  dashboard: string = dashboardFolder(),
): void {
  const server: Server = app.getHttpServer();
  const origin = new RequestOrigin(reachOf(settings));
  server.maxConnections = GATEWAY_LIMITS.connections;
  // With Node's own minute, a few hundred clients that send a byte now and then would keep every dashboard out.
  server.headersTimeout = GATEWAY_LIMITS.headersTimeoutMs;
  server.requestTimeout = GATEWAY_LIMITS.requestTimeoutMs;
  // read when the server begins to listen; its type is missing from @types/node
  Object.assign(server, { connectionsCheckingInterval: GATEWAY_LIMITS.timeoutCheckMs });
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use(refuseStrangers(origin));
  app.use(jsonBodiesOnly);
  app.useWebSocketAdapter(new SocketAdapter(app, origin));
  if (!settings.roles.includes('gateway')) return;
  // the build's files carry a hash of their content in their names: a browser may keep them
  const assets = join(dashboard, 'assets');
  app.useStaticAssets(assets, {
    prefix: '/assets',
    index: false,
    immutable: true,
    maxAge: '1y',
    fallthrough: false,
  });
  app.useStaticAssets(dashboard, {
    index: false,
    redirect: false,
    setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
  });
  app.use(DOCS_PATHS, signedInOnly(app.get(AccessGuard)));
  serveOpenApi(app);
}

function reachOf({ tls, allowRemote }: Pick<Settings, 'allowRemote' | 'tls'>): Reach {
  if (tls !== 'off') return 'certified';
  return allowRemote ? 'trusted-network' : 'this-machine';
}
