import { Module } from '@nestjs/common';
import { AccessMetrics } from './access-metrics.js';
import { SessionController } from './session.controller.js';
import { SessionCookies } from './session-cookies.js';
import { SignIn } from './sign-in.js';

/** Signing in and out. */
@Module({
  controllers: [SessionController],
  providers: [AccessMetrics, SessionCookies, SignIn],
  exports: [AccessMetrics],
})
export class SessionModule {}
