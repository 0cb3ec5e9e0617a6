import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { RegistryErrorFilter } from './registry-error.filter.js';

/** Who may call the routes of this process: asked before every one of them. */
@Module({
  providers: [
    AccessGuard,
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: APP_FILTER, useClass: RegistryErrorFilter },
  ],
  exports: [AccessGuard],
})
export class AccessModule {}
