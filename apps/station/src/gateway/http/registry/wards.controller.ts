import { Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { WardInfo } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access, SignedIn } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiAnswer, ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges } from './registry-changes.js';
import { BodyParam, IdParam } from './registry-params.js';

/** Wards, what they are called, and the limits that hold in them. */
@ApiTags('wards')
@Controller('api/wards')
export class WardsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'The wards that the session opens.' })
  @ApiAnswer('WardList', 'The wards.', { patient: false })
  async list(@CurrentViewer() viewer: Viewer): Promise<WardInfo[]> {
    const wards = await this.registry.wards.list();
    return wards.filter(({ ward }) => viewer.may('see-ward', ward));
  }

  @Post()
  @Access('manage-wards', 'none')
  @ApiOperation({ summary: 'Adds a ward, with the limits that the station’s settings say.' })
  @ApiChange('WardRequest', 'WardInfo', 'The ward.', { status: 201 })
  async add(
    @CurrentViewer() viewer: Viewer,
    @BodyParam('WardRequest') { ward, name }: BodyOf<'WardRequest'>,
  ): Promise<WardInfo> {
    await this.changes.make(() => this.registry.wards.add(viewer.actor, ward, name));
    return this.changes.ward(ward);
  }

  @Get(':ward')
  @Access('see-ward', 'ward')
  @ApiOperation({ summary: 'One ward with its beds and limits.' })
  @ApiParam({ name: 'ward' })
  @ApiAnswer('WardInfo', 'The ward.')
  find(@IdParam('ward') ward: string): Promise<WardInfo> {
    return this.changes.ward(ward);
  }

  @Put(':ward/name')
  @Access('manage-wards', 'ward')
  @ApiOperation({ summary: 'Calls a ward something else; its id stays.' })
  @ApiParam({ name: 'ward' })
  @ApiChange('NameRequest', 'WardInfo', 'The ward.')
  async rename(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BodyParam('NameRequest') { name }: BodyOf<'NameRequest'>,
  ): Promise<WardInfo> {
    await this.changes.make(() => this.registry.wards.rename(viewer.actor, ward, name));
    return this.changes.ward(ward);
  }

  @Put(':ward/limits')
  @Access('set-ward-limits', 'ward')
  @ApiOperation({
    summary: 'Sets the limits of every patient of the ward who has none of their own.',
  })
  @ApiParam({ name: 'ward' })
  @ApiChange('WardLimitsRequest', 'WardInfo', 'The ward.')
  async setLimits(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BodyParam('WardLimitsRequest') { limits }: BodyOf<'WardLimitsRequest'>,
  ): Promise<WardInfo> {
    await this.changes.make(() => this.registry.wards.setLimits(viewer.actor, ward, limits));
    return this.changes.ward(ward);
  }
}
