import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PatientState, PatientsResponse, VitalSigns } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { WallFollower } from '../wall/wall-follower.js';
import { ApiAnswer } from './api-answer.js';
import { ParsePipe } from './parse-pipe.js';
import { KnownPatients } from './known-patients.js';
import { patientSchema } from './queries.js';

const patientPipe = new ParsePipe(patientSchema, 'patient');

/** What the wall shows, for programs. */
@ApiTags('patients')
@Controller('api/patients')
export class PatientsController {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly follower: WallFollower,
    private readonly known: KnownPatients,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The state of every patient, by pseudonym.' })
  @ApiAnswer('PatientsResponse', 'All patients.', { patient: false })
  all(): PatientsResponse {
    return { serverMs: Math.round(this.clock.nowMs()), patients: this.follower.wall.states() };
  }

  @Get(':patient')
  @ApiOperation({ summary: 'The state of one patient.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiAnswer('PatientState', 'The patient.')
  one(@Param('patient', patientPipe) patient: string): PatientState {
    return this.known.require(patient);
  }

  @Get(':patient/vitals/latest')
  @ApiOperation({ summary: 'The last live window. Its age is yours to judge: see endMs.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiAnswer('VitalSigns', 'The window.')
  latest(@Param('patient', patientPipe) patient: string): VitalSigns {
    const { vital } = this.known.require(patient);
    if (vital === null) throw new NotFoundException(`${patient} has no live window yet`);
    return vital;
  }
}
