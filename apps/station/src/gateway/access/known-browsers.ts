import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ACCESS_LIMITS } from './access-limits.js';

/**
 * Knows a browser again in which a name has signed in before, by a cookie that only this station can make. Its tries are
 * counted apart, so that whoever tries the name from elsewhere, even from the same address, slows down nobody but themselves
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The cookie opens nothing.
 */
export class KnownBrowsers {
  /** New with every start: so are all counters. */
  private readonly secret = randomBytes(32);

  /** The browser's id when the cookie says that the name has signed in there, else null. */
  idFor(cookie: string | null, name: string): string | null {
    const { id, marks } = parse(cookie);
    if (id === null) return null;
    const wanted = Buffer.from(this.mark(id, name));
    const isMine = (mark: string) =>
      mark.length === wanted.length && timingSafeEqual(Buffer.from(mark), wanted);
    return marks.some(isMine) ? id : null;
  }

  /** The cookie after a name has signed in. */
  remember(cookie: string | null, name: string): string {
    const parsed = parse(cookie);
    const id = parsed.id ?? randomBytes(16).toString('base64url');
    const own = this.mark(id, name);
    const others = parsed.marks.filter((mark) => mark !== own);
    return [id, own, ...others.slice(0, ACCESS_LIMITS.namesPerBrowser - 1)].join('.');
  }

  private mark(id: string, name: string): string {
    return createHmac('sha256', this.secret).update(`${id}\n${name}`).digest('base64url');
  }
}

function parse(cookie: string | null): { id: string | null; marks: string[] } {
  const [id, ...marks] = /^[\w.-]+$/.test(cookie ?? '') ? (cookie ?? '').split('.') : [];
  return id !== undefined && /^[\w-]{22}$/.test(id)
    ? { id, marks: marks.filter((mark) => /^[\w-]{43}$/.test(mark)) }
    : { id: null, marks: [] };
}
