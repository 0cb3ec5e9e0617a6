import {
  ConflictException,
  Controller,
  HttpCode,
  HttpStatus,
  Inject,
  Logger,
  Param,
  Post,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { LimitsPreview } from '@app/contracts';
import type { Registry } from '@app/registry';
import { SeriesAwayError, type SeriesStore } from '@app/series';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, REGISTRY, SERIES } from '../../platform/tokens.js';
import { Access } from '../access/access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { ApiAnswer } from './api-answer.js';
import { ParsePipe } from './parse-pipe.js';
import { LimitsPreviewer } from './preview-limits.js';
import { patientSchema } from './queries.js';
import type { BodyOf } from './registry/registry-bodies.js';
import { BodyParam } from './registry/registry-params.js';

const patientPipe = new ParsePipe(patientSchema, 'patient');

/** What limits would have meant for a patient. Changes nothing. */
@ApiTags('history')
@Controller('api/patients/:patient/limits')
export class LimitsPreviewController {
  private readonly logger = new Logger(LimitsPreviewController.name);
  private running = 0;

  constructor(
    @Inject(SERIES) private readonly series: SeriesStore,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('preview')
  @HttpCode(HttpStatus.OK)
  @Access('set-patient-limits', 'patient')
  @ApiOperation({ summary: 'What limits would have meant over the last 24 h. Changes nothing.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiBody({ schema: { $ref: '#/components/schemas/PatientLimitsRequest' } })
  @ApiAnswer('LimitsPreview', 'Alarms and their minutes by rule.', { away: true })
  async preview(
    @Param('patient', patientPipe) patient: string,
    @BodyParam('PatientLimitsRequest') { limits }: BodyOf<'PatientLimitsRequest'>,
  ): Promise<LimitsPreview> {
    if (this.running >= GATEWAY_LIMITS.previews)
      throw new ServiceUnavailableException('other previews are being computed: try again');
    this.running++;
    try {
      return await this.compute(patient, limits);
    } catch (error) {
      if (!(error instanceof SeriesAwayError)) throw error;
      this.logger.warn(`history not read: ${error.message}`);
      throw new ServiceUnavailableException(
        `the history store (${this.series.description}) is away: try again later`,
      );
    } finally {
      this.running--;
    }
  }

  private async compute(
    patient: string,
    limits: BodyOf<'PatientLimitsRequest'>['limits'],
  ): Promise<LimitsPreview> {
    const record = await this.registry.patients.find(patient);
    if (record?.admission === undefined || record.admission === null)
      throw new ConflictException(`${patient} is not admitted`);
    const { admission, origin } = record;
    const inForce = limits ?? (await this.registry.wards.find(admission.ward))?.limits;
    if (inForce === undefined) throw new ConflictException(`there is no ward ${admission.ward}`);
    const toMs = Math.round(this.clock.nowMs());
    const fromMs = toMs - GATEWAY_LIMITS.previewMs;
    const previewer = new LimitsPreviewer(patient, inForce);
    let nextMs = fromMs;
    for (let read = 0; read < GATEWAY_LIMITS.previewResults;) {
      const limit = GATEWAY_LIMITS.previewPage;
      const page = await this.series.readSpan({ patient, fromMs: nextMs, toMs, limit });
      previewer.take(page);
      read += page.length;
      const last = page.at(-1);
      if (last === undefined || page.length < limit) break;
      // results of the same instant as the last one may be left out: two devices, at most
      nextMs = last.endMs + 1;
      await breathe();
    }
    return { patient, origin, fromMs, toMs, ...previewer.finish() };
  }
}
