import { Controller, Delete, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PatientRecord } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges } from './registry-changes.js';
import { BodyParam, IdParam } from './registry-params.js';

/** At X-ray, in the shower: silence is then no fault. */
@ApiTags('admissions')
@Controller('api/patients/:patient/off-ward')
export class OffWardController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Put()
  @Access('manage-patients', 'patient')
  @ApiOperation({ summary: 'Off the ward; ends by hand or after 3 minutes of good signal.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange('OffWardRequest', 'PatientRecord', 'The patient.')
  async leave(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @BodyParam('OffWardRequest') { reason }: BodyOf<'OffWardRequest'>,
  ): Promise<PatientRecord> {
    await this.changes.make(() => this.registry.patients.leaveWard(viewer.actor, patient, reason));
    return this.changes.record(viewer, patient);
  }

  @Delete()
  @Access('manage-patients', 'patient')
  @ApiOperation({ summary: 'Back on the ward. Changes nothing for who is there.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange(null, 'PatientRecord', 'The patient.')
  async return(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
  ): Promise<PatientRecord> {
    await this.changes.make(() => this.registry.patients.return(viewer.actor, patient));
    return this.changes.record(viewer, patient);
  }
}
