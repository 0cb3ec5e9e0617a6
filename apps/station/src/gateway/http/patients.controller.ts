import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PatientState, PatientsResponse, VitalSigns } from '@app/contracts';
import type { Clock } from '../../platform/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { Access, SignedIn } from '../access/access.js';
import { CurrentViewer, Viewer } from '../access/viewer.js';
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
  @SignedIn()
  @ApiOperation({ summary: 'The state of every patient of the wards that the session opens.' })
  @ApiAnswer('PatientsResponse', 'The patients, by pseudonym.', { patient: false })
  all(@CurrentViewer() viewer: Viewer): PatientsResponse {
    const patients = this.follower.wall
      .states()
      .filter(({ admission }) => admission !== null && viewer.may('see-ward', admission.ward));
    return { serverMs: Math.round(this.clock.nowMs()), patients };
  }

  @Get(':patient')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'The state of one patient.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiAnswer('PatientState', 'The patient.')
  one(@Param('patient', patientPipe) patient: string): Promise<PatientState> {
    return this.known.require(patient);
  }

  @Get(':patient/vitals/latest')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'The last live window. Its age is yours to judge: see endMs.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiAnswer('VitalSigns', 'The window.')
  async latest(@Param('patient', patientPipe) patient: string): Promise<VitalSigns> {
    const { vital } = await this.known.require(patient);
    if (vital === null) throw new NotFoundException(`${patient} has no live window yet`);
    return vital;
  }
}
