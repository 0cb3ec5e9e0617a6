import { Injectable } from '@nestjs/common';
import type { Session } from '@app/contracts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCESS_LIMITS } from './access-limits.js';
import { KnownBrowsers } from './known-browsers.js';
import {
  cookieOf,
  endedSessionCookie,
  isEncrypted,
  ourCookie,
  sessionCookie,
  sessionToken,
} from './session-cookie.js';
import { countedName } from './sign-in.js';

const BROWSER_COOKIE = 'vigil_browser';

/** The cookies that the station gives: the session's, and the one by which it knows a browser again. */
@Injectable()
export class SessionCookies {
  private readonly browsers = new KnownBrowsers();

  tokenOf(request: IncomingMessage): string | null {
    return sessionToken(request);
  }

  /** The browser's id, when the name has signed in there before. */
  knownBrowser(request: IncomingMessage, name: string): string | null {
    return this.browsers.idFor(cookieOf(request, BROWSER_COOKIE), countedName(name));
  }

  /** @param signedInAs the name, when somebody has just signed in. */
  give(
    request: IncomingMessage,
    response: ServerResponse,
    token: string,
    session: Session,
    signedInAs: string | null = null,
  ): void {
    const encrypted = isEncrypted(request);
    const cookies = [sessionCookie(encrypted, token, session.role)];
    if (signedInAs !== null) {
      const former = cookieOf(request, BROWSER_COOKIE);
      const value = this.browsers.remember(former, countedName(signedInAs));
      const { knownBrowserSeconds } = ACCESS_LIMITS;
      cookies.push(ourCookie(encrypted, BROWSER_COOKIE, value, knownBrowserSeconds));
    }
    response.setHeader('Set-Cookie', cookies);
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Set-Cookie', endedSessionCookie(isEncrypted(request)));
  }
}
