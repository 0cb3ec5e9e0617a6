import { Controller, Delete, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { WardInfo } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges } from './registry-changes.js';
import { BedParam, BodyParam, IdParam } from './registry-params.js';

@ApiTags('wards')
@Controller('api/wards/:ward/beds')
export class BedsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Post()
  @Access('manage-wards', 'ward')
  @ApiOperation({ summary: 'Adds a bed, after those that there are.' })
  @ApiParam({ name: 'ward' })
  @ApiChange('BedRequest', 'WardInfo', 'The ward.', { status: 201 })
  async add(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BodyParam('BedRequest') { bed }: BodyOf<'BedRequest'>,
  ): Promise<WardInfo> {
    await this.changes.make(() => this.registry.wards.addBed(viewer.actor, ward, bed));
    return this.changes.ward(ward);
  }

  @Delete(':bed')
  @Access('manage-wards', 'ward')
  @ApiOperation({ summary: 'Removes a bed in which nobody lies.' })
  @ApiParam({ name: 'ward' })
  @ApiParam({ name: 'bed' })
  @ApiChange(null, 'WardInfo', 'The ward.')
  async remove(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BedParam() bed: string,
  ): Promise<WardInfo> {
    await this.changes.make(() => this.registry.wards.removeBed(viewer.actor, ward, bed));
    return this.changes.ward(ward);
  }
}
