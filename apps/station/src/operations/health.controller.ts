import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { ReadyResponse } from '@app/contracts';
import { Public } from '../gateway/access/access.js';
import { Health } from '../platform/health.js';

/** Open to everybody, for supervisors of containers: counts and times, nothing of patients, devices or people. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers at all.' })
  @ApiOkResponse({ description: 'It does.' })
  live(): { live: true } {
    return { live: true };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the station does its work, part by part.' })
  @ApiOkResponse({ description: 'Every required part is ready.' })
  @ApiServiceUnavailableResponse({ description: 'A required part is not; parts say which.' })
  ready(@Res({ passthrough: true }) response: { status(code: number): unknown }): ReadyResponse {
    const parts = this.health.parts();
    const ready = parts.every(({ ok, required }) => ok || !required);
    if (!ready) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { ready, parts: parts.map(({ name, ok, message }) => ({ name, ok, message })) };
  }
}
