import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  HttpException,
  HttpStatus,
  Inject,
  NotFoundException,
  Post,
  Req,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type LinkHolder,
  type PersonInfo,
  type Session,
  type WardName,
  roleMay,
} from '@app/contracts';
import type { Registry } from '@app/registry';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { REGISTRY } from '../../platform/tokens.js';
import { ParsePipe } from '../http/parse-pipe.js';
import { Access, Public, SignedIn } from './access.js';
import { ApiSession } from './api-session.js';
import { clientAddress } from './client-address.js';
import {
  emergencyBody,
  linkBody,
  linkCheckBody,
  passwordBody,
  signInBody,
} from './session-bodies.js';
import { SessionCookies } from './session-cookies.js';
import { SignIn } from './sign-in.js';
import type { TryOrigin } from './sign-in-pace.js';
import { CurrentViewer, Viewer } from './viewer.js';

const WRONG = 'name or password is wrong';
const USED_LINK = 'this link was used, replaced or is too old: ask an administrator for another';

/** Who is signed in: signing in and out, and what a session may be for a while. */
@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly signIn: SignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'Who is signed in, and where.' })
  @ApiSession('Session')
  read(
    @CurrentViewer() { session, token }: Viewer,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Session {
    // a wall display stays on for years: whenever its page is loaded anew, its cookie is too
    if (session.role === 'kiosk') this.cookies.give(request, response, token, session);
    return session;
  }

  @Post()
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Signs in by name and password.' })
  @ApiSession('Session', { body: 'SignInRequest', paced: true })
  async open(
    @Body(new ParsePipe(signInBody, 'body')) { name, password }: z.output<typeof signInBody>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Session> {
    const browser = this.cookies.knownBrowser(request, name);
    const address = clientAddress(request.socket);
    const { person } = await this.verify({ address, browser }, name, password, response);
    const opened = await this.registry.sessions.open(person);
    await this.endFormer(request);
    this.cookies.give(request, response, opened.token, opened.session, name);
    return opened.session;
  }

  @Delete()
  @SignedIn()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Signs out.' })
  @ApiSession(null)
  async close(
    @CurrentViewer() viewer: Viewer,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<void> {
    await this.registry.sessions.close(viewer.actor, viewer.token);
    this.cookies.take(request, response);
  }

  @Post('link/check')
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Who a one-time link is for. Does not use it up.' })
  @ApiSession('LinkHolder', { body: 'LinkCheckRequest' })
  async checkLink(
    @Body(new ParsePipe(linkCheckBody, 'body')) { token }: z.output<typeof linkCheckBody>,
  ): Promise<LinkHolder> {
    const holder = await this.registry.sessions.linkHolder(token);
    if (holder === null) throw new NotFoundException(USED_LINK);
    return holder;
  }

  @Post('link')
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Signs in by a one-time link, with the first password of a person.' })
  @ApiSession('Session', { body: 'LinkRequest' })
  async openByLink(
    @Body(new ParsePipe(linkBody, 'body')) { token, password }: z.output<typeof linkBody>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Session> {
    const opened = await this.registry.sessions.openByLink(token, password);
    if (opened === null) throw new NotFoundException(USED_LINK);
    await this.endFormer(request);
    this.cookies.give(request, response, opened.token, opened.session, opened.session.name);
    return opened.session;
  }

  @Post('acting')
  @Access('let-act', 'none')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Lets a person act at a wall display for two minutes.' })
  @ApiSession('Session', { body: 'SignInRequest', paced: true })
  async act(
    @CurrentViewer() { session, token }: Viewer,
    @Body(new ParsePipe(signInBody, 'body')) { name, password }: z.output<typeof signInBody>,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Session> {
    // counted by the display: who stands before it has no address of their own
    const address = `display ${session.person}`;
    const { person } = await this.verify({ address, browser: null }, name, password, response);
    return this.registry.sessions.act(token, person);
  }

  @Delete('acting')
  @Access('let-act', 'none')
  @ApiOperation({ summary: 'The person at the wall display has finished.' })
  @ApiSession('Session')
  stopActing(@CurrentViewer() { token }: Viewer): Promise<Session> {
    return this.registry.sessions.act(token, null);
  }

  @Get('emergency')
  @Access('emergency-access', 'none')
  @ApiOperation({ summary: 'Every ward by its name: emergency access opens one of them.' })
  async wards(): Promise<WardName[]> {
    const wards = await this.registry.wards.list();
    return wards.map(({ ward, name }) => ({ ward, name }));
  }

  @Post('emergency')
  @Access('emergency-access', 'none')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Opens another ward for an hour, with a reason that the audit keeps.' })
  @ApiSession('Session', { body: 'EmergencyRequest' })
  async emergency(
    @CurrentViewer() { session, token, actor }: Viewer,
    @Body(new ParsePipe(emergencyBody, 'body')) { ward, reason }: z.output<typeof emergencyBody>,
  ): Promise<Session> {
    // who acts at a wall display for two minutes must not open a ward on it for an hour
    if (!roleMay(session.role, 'emergency-access')) {
      throw new ForbiddenException(
        'a wall display shows its own ward only: sign in on another device',
      );
    }
    return this.registry.sessions.openWard(actor, token, ward, reason);
  }

  @Post('password')
  @SignedIn()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Changes one’s own password. Sessions elsewhere end.' })
  @ApiSession('Session', { body: 'PasswordRequest', paced: true })
  async changePassword(
    @CurrentViewer() { session, token }: Viewer,
    @Body(new ParsePipe(passwordBody, 'body')) { current, password }: z.output<typeof passwordBody>,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Session> {
    if (session.role === 'kiosk') throw new ForbiddenException('a wall display has no password');
    // counted by the session's person: a session that was left open is no place to guess the password faster
    const origin = { address: `session of ${session.person}`, browser: null };
    const { person, name, role } = await this.verify(origin, session.name, current, response);
    if (person !== session.person) throw new UnauthorizedException(WRONG);
    await this.registry.people.setPassword({ person, name, role }, person, password, token);
    return session;
  }

  private async verify(
    origin: TryOrigin,
    name: string,
    password: string,
    response: ServerResponse,
  ): Promise<PersonInfo> {
    const verdict = await this.signIn.verify(origin, name, password);
    switch (verdict.outcome) {
      case 'right':
        return verdict.person;
      case 'wrong':
        throw new UnauthorizedException(WRONG);
      case 'wait': {
        const seconds = Math.ceil(verdict.waitMs / 1000);
        response.setHeader('Retry-After', seconds);
        throw new HttpException(
          {
            statusCode: HttpStatus.TOO_MANY_REQUESTS,
            error: 'Too Many Requests',
            message: `too many wrong passwords from here: try again in ${seconds} s`,
          },
          HttpStatus.TOO_MANY_REQUESTS,
        );
      }
    }
  }

  /** Whoever signs in gets a new secret; the one that the browser had before opens nothing any more. */
  private async endFormer(request: IncomingMessage): Promise<void> {
    const token = this.cookies.tokenOf(request);
    const session = token === null ? null : await this.registry.sessions.find(token);
    if (token === null || session === null) return;
    const { person, name, role } = session;
    await this.registry.sessions.close({ person, name, role }, token);
  }
}
