import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { AlarmEvent, WaveformResponse } from '@app/contracts';
import type { Registry } from '@app/registry';
import { z } from 'zod';
import { REGISTRY } from '../../platform/tokens.js';
import { Access } from '../access/access.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { WallFollower } from '../wall/wall-follower.js';
import { ApiAnswer } from './api-answer.js';
import { ParsePipe } from './parse-pipe.js';
import { patientSchema } from './queries.js';
import { WaveformReader } from './waveform-reader.js';

const eventPipe = new ParsePipe(z.string().min(1).max(200), 'event');
const patientPipe = new ParsePipe(patientSchema, 'patient');

/** The signal around an alarm event, as long as the journal keeps its frames. */
@ApiTags('history')
@Controller('api/patients/:patient/alarms')
export class AlarmSignalController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly follower: WallFollower,
    private readonly waveforms: WaveformReader,
  ) {}

  @Get(':event/signal')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'Light and acceleration of about 20 s around an alarm event.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiParam({ name: 'event', description: 'id of the event' })
  @ApiAnswer('WaveformResponse', 'The samples, by the time of the device.')
  async signal(
    @Param('patient', patientPipe) patient: string,
    @Param('event', eventPipe) id: string,
  ): Promise<WaveformResponse> {
    const event = await this.eventOf(patient, id);
    const samples = event.samples ?? null;
    if (samples === null) throw new NotFoundException('there is no signal to this event');
    const { signalBeforeMs, signalAfterMs } = GATEWAY_LIMITS;
    // what an event says of its samples may be as old as its alarm
    for (const aroundMs of new Set([event.atMs, event.sinceMs])) {
      const [fromMs, toMs] = [aroundMs - signalBeforeMs, aroundMs + signalAfterMs];
      const segments = await this.waveforms.readRange(patient, samples, fromMs, toMs);
      if (segments.length > 0) return { patient, origin: event.origin, fromMs, toMs, segments };
    }
    throw new NotFoundException(
      'the samples around this event are gone: the journal of raw samples keeps them for a time only',
    );
  }

  /** On the wall at once, in the log a moment later. */
  private async eventOf(patient: string, id: string): Promise<AlarmEvent> {
    const shown = this.follower.wall.alarmsOf(patient).alarms.find((event) => event.id === id);
    const event = shown ?? (await this.registry.alarmLog.find(id))?.event;
    // of somebody else it says no more than of nothing
    if (event?.patient === patient) return event;
    throw new NotFoundException(`${patient} has no such alarm event`);
  }
}
