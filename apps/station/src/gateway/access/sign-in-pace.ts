import { ACCESS_LIMITS } from './access-limits.js';
import { BoundedLimiter, type Taken } from './bounded-limiter.js';

/** Where a try to sign in comes from. */
export interface TryOrigin {
  /** Of the network, or of the wall display at which somebody wants to act. */
  address: string;
  /** A browser that knows the name, by its id: see `KnownBrowsers`. */
  browser: string | null;
}

export type Pace =
  | { outcome: 'go'; first: boolean; last: boolean }
  /** Too many failures: not before so many ms. */
  | { outcome: 'wait'; waitMs: number };

/**
 * How fast passwords may be tried. Whatever is counted is counted together with where it comes from, never by name alone: nobody can
 * use up another's tries from another address, or from the same address when the other's browser is known. A try counts
 * before its password is looked at, so that many at once are no way around.
 */
export class SignInPace {
  private readonly names = new BoundedLimiter(
    ACCESS_LIMITS.failuresPerName,
    ACCESS_LIMITS.paceSeconds,
    ACCESS_LIMITS.namesRemembered,
  );
  private readonly addresses = new BoundedLimiter(
    ACCESS_LIMITS.failuresPerAddress,
    ACCESS_LIMITS.paceSeconds,
    ACCESS_LIMITS.addressesRemembered,
  );

  async take(origin: TryOrigin, name: string): Promise<Pace> {
    // first the address: once it has to wait, it makes no more names to remember
    if (origin.browser === null) {
      const { waitMs } = await this.addresses.take(origin.address);
      if (waitMs > 0) return { outcome: 'wait', waitMs };
    }
    const named: Taken = await this.names.take(keyOf(origin, name));
    if (named.waitMs > 0) return { outcome: 'wait', waitMs: named.waitMs };
    return { outcome: 'go', first: named.tries === 1, last: this.names.isLast(named) };
  }

  /** The password was right. */
  async succeeded(origin: TryOrigin, name: string): Promise<void> {
    await this.names.forget(keyOf(origin, name));
    if (origin.browser === null) await this.addresses.giveBack(origin.address);
  }
}

function keyOf({ address, browser }: TryOrigin, name: string): string {
  return browser === null ? `at ${address} ${name}` : `in ${browser} ${name}`;
}
