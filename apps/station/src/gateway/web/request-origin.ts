import { hostname } from 'node:os';
import { isIP } from 'node:net';

/**
 * Who may talk to this server from a browser. There is no sign-in yet, so a page of another origin, or a name that somebody
 * points at this machine (DNS rebinding), must not reach it. Programs without a browser send no `Origin`.
 */
export class RequestOrigin {
  /** @param allowRemote whether the station is meant to be reached from other machines. */
  constructor(
    private readonly allowRemote: boolean,
    private readonly ownName: string = hostname().toLowerCase(),
  ) {}

  /** @returns what is wrong with the request, or null. */
  problem(host: string | undefined, origin: string | undefined): string | null {
    const name = nameOf(host);
    if (name === null || !this.isOwn(name)) {
      return 'this server does not answer to that host name: use localhost or its address';
    }
    if (origin === undefined || isSameHost(origin, host)) return null;
    return isLoopback(name) && isLoopback(nameOf(originHost(origin)))
      ? null
      : 'a page of another origin may not use this server';
  }

  /**
   * A rebinding attack needs a name that its owner can point anywhere: an address is none, and neither is a name
   * without a dot on a network that is trusted (`--allow-remote`), which only its own resolver knows.
   */
  private isOwn(name: string): boolean {
    if (isLoopback(name)) return true;
    if (!this.allowRemote) return false;
    return isAddress(name) || !name.includes('.') || name === this.ownName;
  }
}

/** Host without port, lower case; null when it is missing or malformed. */
function nameOf(host: string | null | undefined): string | null {
  if (host === null || host === undefined || !/^[A-Za-z0-9.:[\]_-]+$/.test(host)) return null;
  const url = URL.parse(`http://${host}`);
  return url === null || url.hostname === '' ? null : url.hostname.replace(/\.$/, '');
}

function originHost(origin: string): string | null {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) ? url.host : null;
}

function isSameHost(origin: string, host: string | undefined): boolean {
  const other = originHost(origin);
  return other !== null && other === host?.toLowerCase();
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

function isLoopback(name: string | null): boolean {
  if (name === null) return false;
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(name) || name.endsWith('.localhost');
}
