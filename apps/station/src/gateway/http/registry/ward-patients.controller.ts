import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PatientRecord } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiAnswer, ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges, seenBy } from './registry-changes.js';
import { BodyParam, IdParam } from './registry-params.js';

/** Who lies in a ward. */
@ApiTags('admissions')
@Controller('api/wards/:ward/patients')
export class WardPatientsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Get()
  @Access('see-ward', 'ward')
  @ApiOperation({ summary: 'Who is admitted to the ward now.' })
  @ApiParam({ name: 'ward' })
  @ApiAnswer('PatientList', 'The patients; names only for who may see them.')
  async list(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
  ): Promise<PatientRecord[]> {
    await this.changes.ward(ward);
    const records = await this.registry.patients.inWard(ward);
    return records.map((record) => seenBy(viewer, record, ward));
  }

  @Post()
  @Access('manage-patients', 'ward')
  @ApiOperation({ summary: 'Admits a patient, with a device where one is named.' })
  @ApiParam({ name: 'ward' })
  @ApiChange('AdmitRequest', 'PatientRecord', 'The patient.', { status: 201 })
  async admit(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BodyParam('AdmitRequest') request: BodyOf<'AdmitRequest'>,
  ): Promise<PatientRecord> {
    if (request.patient !== undefined) await this.changes.requireFormer(viewer, request.patient);
    if (request.device !== undefined)
      await this.changes.requireDevice(viewer, request.device.device);
    const record = await this.changes.make(() =>
      this.registry.patients.admit(viewer.actor, ward, request),
    );
    return seenBy(viewer, record, ward);
  }
}
