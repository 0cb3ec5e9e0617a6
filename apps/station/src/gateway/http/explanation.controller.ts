import {
  Controller,
  Get,
  Inject,
  Logger,
  NotFoundException,
  Param,
  Query,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { ExplanationResponse, VitalSigns } from '@app/contracts';
import { SeriesAwayError, type SeriesStore } from '@app/series';
import type { z } from 'zod';
import { Explainer } from '../../explainer/explainer.js';
import { SERIES } from '../../platform/tokens.js';
import { Access } from '../access/access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { ApiAnswer } from './api-answer.js';
import { KnownPatients } from './known-patients.js';
import { ParsePipe } from './parse-pipe.js';
import { explanationSchema, patientSchema } from './queries.js';

type Wanted = z.output<typeof explanationSchema>;

/** Why a window has its number: computed when it is asked for, by a process of its own. */
@ApiTags('explanation')
@Controller('api/patients/:patient/explanation')
export class ExplanationController {
  private readonly logger = new Logger(ExplanationController.name);

  constructor(
    @Inject(SERIES) private readonly series: SeriesStore,
    private readonly known: KnownPatients,
    private readonly explainer: Explainer,
  ) {}

  @Get()
  @Access('see-ward', 'patient')
  @ApiOperation({
    summary:
      'Spectra of a window, what belief and network said, and what hiding parts of it changes.',
  })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiQuery({ name: 'device' })
  @ApiQuery({ name: 'bootId' })
  @ApiQuery({ name: 'window', description: 'number of the window within the boot' })
  @ApiQuery({
    name: 'lane',
    required: false,
    enum: ['live', 'backfill'],
    description: 'default: live where there is such a result',
  })
  @ApiAnswer('ExplanationResponse', 'The explanation.', { away: true })
  async explanation(
    @Param('patient', new ParsePipe(patientSchema, 'patient')) patient: string,
    @Query(new ParsePipe(explanationSchema, 'query')) wanted: Wanted,
  ): Promise<ExplanationResponse> {
    const state = await this.known.require(patient);
    const served = await this.served(patient, wanted, state.vital);
    const { device, bootId, window, lane, endMs, origin } = served;
    const answer = await this.explainer.explain({ patient, device, bootId, window, lane, endMs });
    switch (answer.outcome) {
      case 'explained': {
        const { outcome: _, ...rest } = answer;
        return { patient, origin, device, bootId, window, lane, endMs, served, ...rest };
      }
      case 'no-samples':
        throw new NotFoundException(
          `the samples of window ${window} are no longer in the journal: its result is, but it cannot be explained`,
        );
      case 'busy':
        throw new ServiceUnavailableException(
          `${GATEWAY_LIMITS.explanations} explanations are being computed: try again in a second`,
        );
      case 'late':
        throw new ServiceUnavailableException(
          `the explanation was not ready within ${GATEWAY_LIMITS.explanationMs / 1000} s and was given up: try again later`,
        );
      case 'failed':
      case 'ended':
        throw new ServiceUnavailableException(
          'the explainer failed; the station’s log says why. Monitoring goes on',
        );
    }
  }

  /** The result as it was given: the wall has the last one, the history store all others. */
  private async served(
    patient: string,
    wanted: Wanted,
    latest: VitalSigns | null,
  ): Promise<VitalSigns> {
    const { device, bootId, window, lane } = wanted;
    const isWanted = (vital: VitalSigns) =>
      vital.device === device &&
      vital.bootId === bootId &&
      vital.window === window &&
      (lane === undefined || vital.lane === lane);
    if (latest !== null && isWanted(latest)) return latest;
    const stored = (await this.stored(patient, wanted)).filter(isWanted);
    const found = stored.find((vital) => vital.lane === 'live') ?? stored[0];
    if (found !== undefined) return found;
    throw new NotFoundException(
      `there is no result of window ${window} of ${device}, boot ${bootId}, for ${patient}`,
    );
  }

  private async stored(patient: string, { device, bootId, window }: Wanted): Promise<VitalSigns[]> {
    try {
      const afterWindow = window - 1;
      return await this.series.readWindows({ patient, device, bootId, afterWindow, limit: 1 });
    } catch (error) {
      if (!(error instanceof SeriesAwayError)) throw error;
      this.logger.warn(`window not read: ${error.message}`);
      throw new ServiceUnavailableException(
        `the history store (${this.series.description}) is away: only the latest window can be explained`,
      );
    }
  }
}
