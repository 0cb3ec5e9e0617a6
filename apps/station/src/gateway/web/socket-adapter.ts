import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import type { RequestOrigin } from './request-origin.js';

type CreateServer = IoAdapter['createIOServer'];
type Options = NonNullable<Parameters<CreateServer>[1]>;

/** socket.io on the HTTP server's port, at /socket.io, with the gateway's bounds. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly origin: RequestOrigin,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Options): ReturnType<CreateServer> {
    return super.createIOServer(port, {
      ...options,
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: GATEWAY_LIMITS.messageBytes,
      pingInterval: GATEWAY_LIMITS.pingEveryMs,
      pingTimeout: GATEWAY_LIMITS.pingTimeoutMs,
      connectTimeout: GATEWAY_LIMITS.pingTimeoutMs,
      // messages are small and frequent: compression would cost more than it saves
      perMessageDeflate: false,
      allowRequest: ({ headers, method }, decide) => {
        const problem = this.origin.problem(headers, method);
        decide(problem, problem === null);
      },
    } satisfies Partial<Options> as Options);
  }
}
