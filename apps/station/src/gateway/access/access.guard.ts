import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Registry } from '@app/registry';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, REGISTRY } from '../../platform/tokens.js';
import { type AccessRule, type Place, accessRuleOf } from './access.js';
import { isFromThisMachine } from './this-machine.js';
import { sessionToken } from './session-cookie.js';
import { NOWHERE, Viewer, mayNot, setViewer } from './viewer.js';

interface RoutedRequest extends IncomingMessage {
  params: Record<string, unknown>;
}

/** Asked before every route of every controller: who makes the request, and whether its declaration lets them. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = accessRuleOf(context.getHandler(), context.getClass());
    if (rule === null)
      throw new ForbiddenException('nobody may do this: the route does not say who may');
    const request = context.switchToHttp().getRequest<RoutedRequest>();
    if (rule.for === 'everybody') return true;
    if (rule.for === 'this-machine' && isFromThisMachine(request)) return true;
    const viewer = await this.viewer(request);
    if (viewer === null) throw new UnauthorizedException('sign in first');
    setViewer(request, viewer);
    await this.check(rule, viewer, request);
    return true;
  }

  /** Who makes a request, as the session is now; null for nobody. */
  async viewer(request: Pick<IncomingMessage, 'headers' | 'socket'>): Promise<Viewer | null> {
    const token = sessionToken(request);
    const session = token === null ? null : await this.registry.sessions.find(token);
    return token === null || session === null
      ? null
      : new Viewer(session, token, this.clock.nowMs());
  }

  private async check(rule: AccessRule, viewer: Viewer, request: RoutedRequest): Promise<void> {
    if (rule.for === 'this-machine') return viewer.require(rule.permission, null);
    if (rule.for !== 'permission') return;
    const { permission, place } = rule;
    if (place === 'none') return viewer.require(permission, null);
    const id = request.params[place];
    if (typeof id !== 'string') throw new Error(`the route has no parameter :${place}`);
    // one answer for what is elsewhere and what is nowhere: nobody learns which patients another ward has
    const ward = await this.wardOf(place, id);
    if (viewer.may(permission, ward ?? NOWHERE)) return;
    throw new ForbiddenException(
      place === 'ward' ? mayNot(id) : `you may not do this, or there is no ${place} ${id}`,
    );
  }

  private async wardOf(place: Exclude<Place, 'none'>, id: string): Promise<string | null> {
    switch (place) {
      case 'ward':
        return id;
      case 'patient':
        return this.registry.patients.wardOf(id);
      case 'device':
        return (await this.registry.devices.find(id))?.ward ?? null;
    }
  }
}
