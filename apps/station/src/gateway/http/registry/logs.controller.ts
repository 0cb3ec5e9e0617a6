import { BadRequestException, Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { AlarmLogEntry, AuditEntry } from '@app/contracts';
import type { Registry } from '@app/registry';
import type { z } from 'zod';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, NOWHERE, Viewer } from '../../access/viewer.js';
import { GATEWAY_LIMITS } from '../../gateway-limits.js';
import { ApiAnswer } from '../api-answer.js';
import { ParsePipe } from '../parse-pipe.js';
import { IdParam } from './registry-params.js';
import { alarmLogQuery, auditQuery } from './registry-queries.js';
import { RegistryChanges } from './registry-changes.js';

const TIME = 'ms since 1970, or ISO 8601 with its zone';
const PAGE = `1 to ${GATEWAY_LIMITS.logPage}; default 100`;

/** What was done, and which alarms there were. */
@ApiTags('logs')
@Controller('api')
export class LogsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Get('audit')
  @Access('see-audit', 'none')
  @ApiOperation({ summary: 'Who did what when, before and after; newest first, in pages.' })
  @ApiQuery({
    name: 'ward',
    required: false,
    description: 'only of this ward; to be said by who may not see all wards',
  })
  @ApiQuery({ name: 'person', required: false })
  @ApiQuery({ name: 'action', required: false, description: 'such as limits.changed' })
  @ApiQuery({ name: 'subject', required: false, description: 'a patient, device, person or ward' })
  @ApiQuery({ name: 'fromMs', required: false, description: TIME })
  @ApiQuery({ name: 'toMs', required: false, description: `${TIME}, exclusive` })
  @ApiQuery({ name: 'beforeId', required: false, description: 'the smallest id of the last page' })
  @ApiQuery({ name: 'limit', required: false, description: PAGE })
  @ApiAnswer('AuditList', 'The entries.', { patient: false })
  audit(
    @CurrentViewer() viewer: Viewer,
    @Query(new ParsePipe(auditQuery, 'query')) query: z.output<typeof auditQuery>,
  ): Promise<AuditEntry[]> {
    if (query.ward !== undefined) viewer.require('see-audit', query.ward);
    else if (!viewer.may('see-audit', NOWHERE))
      throw new BadRequestException('ward: say of which ward, as ?ward=<id>');
    return this.registry.audit.query(query);
  }

  @Get('wards/:ward/alarms')
  @Access('see-ward', 'ward')
  @ApiOperation({ summary: 'The alarms of a ward: every change of each, newest first, in pages.' })
  @ApiParam({ name: 'ward' })
  @ApiQuery({ name: 'patient', required: false, description: 'pseudonym' })
  @ApiQuery({ name: 'rule', required: false, description: 'such as heart-rate-high' })
  @ApiQuery({ name: 'priority', required: false, enum: ['high', 'medium', 'low', 'info'] })
  @ApiQuery({ name: 'fromMs', required: false, description: TIME })
  @ApiQuery({ name: 'toMs', required: false, description: `${TIME}, exclusive` })
  @ApiQuery({ name: 'beforeId', required: false, description: 'the smallest id of the last page' })
  @ApiQuery({ name: 'limit', required: false, description: PAGE })
  @ApiAnswer('AlarmLogList', 'The entries.')
  async alarms(
    @IdParam('ward') ward: string,
    @Query(new ParsePipe(alarmLogQuery, 'query')) query: z.output<typeof alarmLogQuery>,
  ): Promise<AlarmLogEntry[]> {
    await this.changes.ward(ward);
    return this.registry.alarmLog.query({ ...query, ward });
  }
}
