import { Controller, Delete, HttpCode, HttpStatus, Inject, Post } from '@nestjs/common';
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

/** Which devices a patient wears. */
@ApiTags('admissions')
@Controller('api/patients/:patient/devices')
export class WornDevicesController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Post()
  @Access('manage-patients', 'patient')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Puts a device on a patient, and so takes it off whoever wore it, by sample time.',
  })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiChange('AssignRequest', 'PatientRecord', 'The patient.')
  async assign(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @BodyParam('AssignRequest') request: BodyOf<'AssignRequest'>,
  ): Promise<PatientRecord> {
    await this.changes.requireDevice(viewer, request.device);
    await this.changes.make(() => this.registry.patients.assign(viewer.actor, patient, request));
    return this.changes.record(viewer, patient);
  }

  @Delete(':device')
  @Access('manage-patients', 'patient')
  @ApiOperation({ summary: 'Takes a device off a patient.' })
  @ApiParam({ name: 'patient', description: 'pseudonym' })
  @ApiParam({ name: 'device' })
  @ApiChange(null, 'PatientRecord', 'The patient.')
  async unassign(
    @CurrentViewer() viewer: Viewer,
    @IdParam('patient') patient: string,
    @IdParam('device') device: string,
  ): Promise<PatientRecord> {
    await this.changes.make(() => this.registry.patients.unassign(viewer.actor, patient, device));
    return this.changes.record(viewer, patient);
  }
}
