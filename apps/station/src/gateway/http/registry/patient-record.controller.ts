import { Controller, Get, HttpCode, HttpStatus, Inject, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PatientRecord } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiAnswer, ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges } from './registry-changes.js';
import { BodyParam, IdParam } from './registry-params.js';

/** What the registry keeps of a patient. Every change answers with all of it. */
@ApiTags('admissions')
@Controller('api/patients/:patient')
export class PatientRecordController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Get('record')
  @Access('see-ward', 'patient')
  @ApiOperation({ summary: 'Where a patient is, what is worn, and who it is for who may know.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiAnswer('PatientRecord', 'The patient.')
  find(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
  ): Promise<PatientRecord> {
    return this.changes.record(viewer, patient);
  }

  @Put('identity')
  @Access('manage-patients', 'patient')
  @ApiOperation({ summary: 'Sets name, birth date, hospital number, and what the wall shows.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange('IdentityRequest', 'PatientRecord', 'The patient.')
  setIdentity(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @BodyParam('IdentityRequest') identity: BodyOf<'IdentityRequest'>,
  ): Promise<PatientRecord> {
    return this.changed(viewer, patient, () =>
      this.registry.patients.setIdentity(viewer.actor, patient, identity),
    );
  }

  @Put('bed')
  @Access('manage-patients', 'patient')
  @ApiOperation({ summary: 'Transfers a patient to another bed or ward, with all devices.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange('TransferRequest', 'PatientRecord', 'The patient.')
  transfer(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @BodyParam('TransferRequest') { ward, bed }: BodyOf<'TransferRequest'>,
  ): Promise<PatientRecord> {
    viewer.require('manage-patients', ward);
    return this.changed(viewer, patient, () =>
      this.registry.patients.transfer(viewer.actor, patient, ward, bed),
    );
  }

  @Put('limits')
  @Access('set-patient-limits', 'patient')
  @ApiOperation({ summary: 'Sets limits of the patient’s own, or none.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange('PatientLimitsRequest', 'PatientRecord', 'The patient.')
  setLimits(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @BodyParam('PatientLimitsRequest') { limits }: BodyOf<'PatientLimitsRequest'>,
  ): Promise<PatientRecord> {
    return this.changed(viewer, patient, () =>
      this.registry.patients.setLimits(viewer.actor, patient, limits),
    );
  }

  @Post('discharge')
  @Access('manage-patients', 'patient')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Discharges a patient and takes all devices off. The history stays.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange(null, 'PatientRecord', 'The patient.')
  discharge(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
  ): Promise<PatientRecord> {
    return this.changed(viewer, patient, () =>
      this.registry.patients.discharge(viewer.actor, patient),
    );
  }

  private async changed(
    viewer: Viewer,
    patient: string,
    change: () => Promise<unknown>,
  ): Promise<PatientRecord> {
    await this.changes.make(change);
    return this.changes.record(viewer, patient);
  }
}
