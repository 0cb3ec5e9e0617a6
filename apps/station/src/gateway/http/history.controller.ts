import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Logger,
  Param,
  Query,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { HistoryResponse, WaveformResponse, WindowsResponse } from '@app/contracts';
import { SeriesAwayError, type SeriesStore } from '@app/series';
import type { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, SERIES } from '../../platform/tokens.js';
import { Access } from '../access/access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { WallFollower } from '../wall/wall-follower.js';
import { ApiAnswer } from './api-answer.js';
import { KnownPatients } from './known-patients.js';
import { ParsePipe } from './parse-pipe.js';
import {
  historyRange,
  historySchema,
  patientSchema,
  waveformSchema,
  windowsSchema,
} from './queries.js';
import { WaveformReader } from './waveform-reader.js';

const patientPipe = new ParsePipe(patientSchema, 'patient');
const TIME = 'ms since 1970, or ISO 8601 with its zone';

/** What was: trends and windows from the history store, samples from the journal. */
@ApiTags('history')
@Controller('api/patients/:patient')
export class HistoryController {
  private readonly logger = new Logger(HistoryController.name);

  constructor(
    @Inject(SERIES) private readonly series: SeriesStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly known: KnownPatients,
    private readonly follower: WallFollower,
    private readonly waveforms: WaveformReader,
  ) {}

  @Get('history')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'Heart rate, quality and activity in buckets, and the alarm events.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiQuery({ name: 'from', required: false, description: `${TIME}; default: an hour before to` })
  @ApiQuery({ name: 'to', required: false, description: `${TIME}, exclusive; default: now` })
  @ApiQuery({ name: 'bucket', required: false, description: 'ms; default: about 500 buckets' })
  @ApiAnswer('HistoryResponse', 'The range.', { away: true })
  async history(
    @Param('patient', patientPipe) patient: string,
    @Query(new ParsePipe(historySchema, 'query')) query: z.output<typeof historySchema>,
  ): Promise<HistoryResponse> {
    const { origin } = await this.known.require(patient);
    const range = historyRange(query, this.clock.nowMs());
    if (typeof range === 'string') throw new BadRequestException(range);
    const { fromMs, toMs } = range;
    const limit = GATEWAY_LIMITS.historyEvents;
    const [points, events] = await this.fromStore(() =>
      Promise.all([
        this.series.readTrend({ patient, ...range }),
        this.series.readEvents({ patient, fromMs, toMs, limit }),
      ]),
    );
    return { patient, origin, ...range, points, events: events.toReversed() };
  }

  @Get('windows')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'Windows as stored, oldest first, in pages.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiQuery({ name: 'device', required: false })
  @ApiQuery({ name: 'bootId', required: false })
  @ApiQuery({
    name: 'afterWindow',
    required: false,
    description: 'only windows with a greater number; needs device and bootId',
  })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 5,000; default 1,000' })
  @ApiAnswer('WindowsResponse', 'The page.', { away: true })
  async windows(
    @Param('patient', patientPipe) patient: string,
    @Query(new ParsePipe(windowsSchema, 'query')) query: z.output<typeof windowsSchema>,
  ): Promise<WindowsResponse> {
    const { origin } = await this.known.require(patient);
    const { device, bootId, afterWindow, limit = 1000 } = query;
    const windows = await this.fromStore(() =>
      this.series.readWindows({
        patient,
        limit,
        ...(device === undefined ? {} : { device }),
        ...(bootId === undefined ? {} : { bootId }),
        ...(afterWindow === undefined ? {} : { afterWindow }),
      }),
    );
    return { patient, origin, windows };
  }

  @Get('waveform')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'Light and acceleration of at most 60 s, by arrival at the station.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiQuery({ name: 'from', description: TIME })
  @ApiQuery({ name: 'to', description: `${TIME}, exclusive` })
  @ApiAnswer('WaveformResponse', 'The samples.')
  async waveform(
    @Param('patient', patientPipe) patient: string,
    @Query(new ParsePipe(waveformSchema, 'query')) query: z.output<typeof waveformSchema>,
  ): Promise<WaveformResponse> {
    const { origin } = await this.known.require(patient);
    const { from: fromMs, to: toMs } = query;
    if (toMs <= fromMs) throw new BadRequestException('from must be before to');
    if (toMs - fromMs > GATEWAY_LIMITS.waveformRangeMs) {
      const seconds = GATEWAY_LIMITS.waveformRangeMs / 1000;
      throw new BadRequestException(`from and to may be at most ${seconds} s apart`);
    }
    const devices = this.follower.wall.devicesOf(patient);
    const segments = await this.waveforms.read(patient, devices, fromMs, toMs);
    return { patient, origin, fromMs, toMs, segments };
  }

  /** The history store may be away; the wall goes on without it, and a caller is told so. */
  private async fromStore<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SeriesAwayError)) throw error;
      this.logger.warn(`history not read: ${error.message}`);
      throw new ServiceUnavailableException(
        `the history store (${this.series.description}) is away: try again later`,
      );
    }
  }
}
