import { hostname } from 'node:os';
import { isIP } from 'node:net';

/** What a request says of where it comes from: headers that a page's script cannot set. */
export interface Provenance {
  host?: string | undefined;
  origin?: string | undefined;
  'sec-fetch-site'?: string | string[] | undefined;
  'sec-fetch-mode'?: string | string[] | undefined;
}

/** From where the station is meant to be reached: under TLS, by the names of its certificate. */
export type Reach = 'this-machine' | 'trusted-network' | 'certified';

/**
 * Which pages a browser may let talk to this server: its own. A page of another origin could act with the cookie of whoever looks
 * at it, and so could a page under a name that its owner points at this machine (DNS rebinding). Programs without a browser send
 * none of these headers but `Host`.
 */
export class RequestOrigin {
  constructor(
    private readonly reach: Reach,
    private readonly ownName: string = hostname().toLowerCase(),
  ) {}

  /** @returns what is wrong with the request, or null. */
  problem(from: Provenance, method = 'GET'): string | null {
    const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = from;
    const name = nameOf(host);
    if (name === null || !this.isOwn(name)) {
      return 'this server does not answer to that host name: use localhost or its address';
    }
    // a link on another page may lead here: the browser shows what it gets, and the other page sees nothing of it
    const isLink = mode === 'navigate' && (method === 'GET' || method === 'HEAD');
    const isStrange = site === 'cross-site' || site === 'same-site';
    if (isStrange && !isLink) return STRANGE_PAGE;
    if (origin === undefined || isSameHost(origin, host)) return null;
    // the server of a dashboard under development hands on what its own pages ask, with their origin
    const isHandedOn =
      site === 'same-origin' && isLoopback(name) && isLoopback(nameOf(originHost(origin)));
    return isHandedOn ? null : STRANGE_PAGE;
  }

  /**
   * A rebinding attack needs a name that its owner can point anywhere: an address is none, and neither is a name
   * without a dot on a network that is trusted, which only its own resolver knows. Under TLS the certificate has said already
   * that the name is ours.
   */
  private isOwn(name: string): boolean {
    if (isLoopback(name) || this.reach === 'certified') return true;
    if (this.reach === 'this-machine') return false;
    return isAddress(name) || !name.includes('.') || name === this.ownName;
  }
}

const STRANGE_PAGE = 'a page of another origin may not use this server';

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
