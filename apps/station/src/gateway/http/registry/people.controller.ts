import { Controller, Get, HttpCode, HttpStatus, Inject, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PersonInfo, SignInLink } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { Access } from '../../access/access.js';
import { CurrentViewer, Viewer } from '../../access/viewer.js';
import { ApiAnswer, ApiChange } from '../api-answer.js';
import type { BodyOf } from './registry-bodies.js';
import { BodyParam, IdParam } from './registry-params.js';

/** Who may see or change what: people, and wall displays. */
@ApiTags('people')
@Controller('api/people')
export class PeopleController {
  constructor(@Inject(REGISTRY) private readonly registry: Registry) {}

  @Get()
  @Access('manage-people', 'none')
  @ApiOperation({ summary: 'Everybody who may sign in, or could.' })
  @ApiAnswer('PersonList', 'The people, by name.', { patient: false })
  list(): Promise<PersonInfo[]> {
    return this.registry.people.list();
  }

  @Post()
  @Access('manage-people', 'none')
  @ApiOperation({ summary: 'Adds a person, or a wall display. The link signs in once.' })
  @ApiChange('PersonRequest', 'SignInLink', 'The link.', { status: 201 })
  add(
    @CurrentViewer() viewer: Viewer,
    @BodyParam('PersonRequest') request: BodyOf<'PersonRequest'>,
  ): Promise<SignInLink> {
    return this.registry.people.add(viewer.actor, request);
  }

  @Patch(':person')
  @Access('manage-people', 'none')
  @ApiOperation({
    summary: 'Changes name, role, wards, or whether somebody may sign in at all. Holds at once.',
  })
  @ApiParam({ name: 'person' })
  @ApiChange('PersonChange', 'PersonInfo', 'The person.')
  change(
    @CurrentViewer() viewer: Viewer,
    @IdParam('person') person: string,
    @BodyParam('PersonChange') change: BodyOf<'PersonChange'>,
  ): Promise<PersonInfo> {
    return this.registry.people.change(viewer.actor, person, change);
  }

  @Post(':person/link')
  @Access('manage-people', 'none')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Makes a new one-time link; those before are void.' })
  @ApiParam({ name: 'person' })
  @ApiChange(null, 'SignInLink', 'The link.')
  link(@CurrentViewer() viewer: Viewer, @IdParam('person') person: string): Promise<SignInLink> {
    return this.registry.people.link(viewer.actor, person);
  }
}
