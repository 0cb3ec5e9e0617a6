import { ForbiddenException, type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { type Permission, type Session, sessionMay } from '@app/contracts';
import type { Actor } from '@app/registry';
import type { IncomingMessage } from 'node:http';

/** Who makes a request, with what the session allows at that moment. */
export class Viewer {
  constructor(
    readonly session: Session,
    /** The secret of the session's cookie. */
    readonly token: string,
    private readonly nowMs: number,
  ) {}

  /** For the audit and for records: who acts at a kiosk, else whose session it is. */
  get actor(): Actor {
    const { acting } = this.session;
    const { person, name, role } =
      acting !== null && acting.untilMs > this.nowMs ? acting : this.session;
    return { person, name, role };
  }

  may(permission: Permission, ward: string | null): boolean {
    return sessionMay(this.session, permission, ward, this.nowMs);
  }

  /**
   * For a second ward that a request names, as a transfer does: the guard has seen to the first.
   * @throws ForbiddenException
   */
  require(permission: Permission, ward: string | null): void {
    if (!this.may(permission, ward)) throw new ForbiddenException(mayNot(ward));
  }
}

/** A ward that no session names: only who sees all wards learns that something does not exist. */
export const NOWHERE = '';

/** A sentence that says no more than that: not whether there is such a ward. */
export function mayNot(ward: string | null): string {
  return ward === null ? 'you may not do this' : `you may not do this in ward ${ward}`;
}

interface ViewedRequest extends IncomingMessage {
  viewer?: Viewer;
}

/** Sets who makes a request, for `CurrentViewer`. */
export function setViewer(request: IncomingMessage, viewer: Viewer): void {
  (request as ViewedRequest).viewer = viewer;
}

/** The `Viewer` of a request, as a handler's parameter. Not for routes that are `Public`. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => {
    const { viewer } = context.switchToHttp().getRequest<ViewedRequest>();
    if (viewer === undefined) throw new Error('a public route has no viewer');
    return viewer;
  },
);
