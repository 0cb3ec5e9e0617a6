import { Controller, Delete, Get, HttpCode, HttpStatus, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { DeviceInfo, DeviceSecret } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiAnswer, ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { RegistryChanges } from './registry-changes.js';
import { BodyParam, IdParam } from './registry-params.js';

/** The devices that may connect, and their secrets. */
@ApiTags('devices')
@Controller('api')
export class DevicesController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly changes: RegistryChanges,
  ) {}

  @Get('wards/:ward/devices')
  @Access('manage-patients', 'ward')
  @ApiOperation({ summary: 'The devices of a ward, with who wears them.' })
  @ApiParam({ name: 'ward' })
  @ApiAnswer('DeviceList', 'The devices.')
  async list(@IdParam('ward') ward: string): Promise<DeviceInfo[]> {
    await this.changes.ward(ward);
    return this.registry.devices.list(ward);
  }

  @Post('wards/:ward/devices')
  @Access('manage-devices', 'ward')
  @ApiOperation({ summary: 'Adds a device. Its secret is shown once.' })
  @ApiParam({ name: 'ward' })
  @ApiChange('DeviceRequest', 'DeviceSecret', 'The secret.', { status: 201 })
  async add(
    @CurrentViewer() viewer: Viewer,
    @IdParam('ward') ward: string,
    @BodyParam('DeviceRequest') { device }: BodyOf<'DeviceRequest'>,
  ): Promise<DeviceSecret> {
    const { secret } = await this.changes.make(() =>
      this.registry.devices.add(viewer.actor, ward, device),
    );
    return { device, secret };
  }

  @Post('devices/:device/secret')
  @Access('manage-devices', 'device')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Gives a device another secret; the one before is void.' })
  @ApiParam({ name: 'device' })
  @ApiChange(null, 'DeviceSecret', 'The secret.')
  async renew(
    @CurrentViewer() viewer: Viewer,
    @IdParam('device') device: string,
  ): Promise<DeviceSecret> {
    const { secret } = await this.changes.make(() =>
      this.registry.devices.renew(viewer.actor, device),
    );
    return { device, secret };
  }

  @Delete('devices/:device')
  @Access('manage-devices', 'device')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Removes a device. What it measured stays.' })
  @ApiParam({ name: 'device' })
  @ApiChange(null, null, 'It is removed.')
  async remove(@CurrentViewer() viewer: Viewer, @IdParam('device') device: string): Promise<void> {
    await this.changes.make(() => this.registry.devices.remove(viewer.actor, device));
  }
}
