import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  Module,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';

/** What a route answers that has let the caller in. */
export const LET_IN = 299;

/**
 * Ends every call between the guards and the handler, so that the test can knock at all doors without what lies behind
 * them being done.
 */
@Injectable()
class StopAfterGuards implements NestInterceptor {
  intercept(_context: ExecutionContext, _next: CallHandler): never {
    throw new HttpException({ letIn: true }, LET_IN);
  }
}

@Module({ providers: [{ provide: APP_INTERCEPTOR, useClass: StopAfterGuards }] })
export class StopAfterGuardsModule {}
