import { BoundedTurns } from './bounded-turns.js';
import { decoyPasswordHash, hashPassword, matchesPassword } from './password-hash.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';

/** Hashes passwords, a few at once. @throws Error when too many wait. */
export class Passwords {
  private readonly turns = new BoundedTurns(
    REGISTRY_BOUNDS.passwordsAtOnce,
    REGISTRY_BOUNDS.passwordsWaiting,
  );
  private readonly decoy = decoyPasswordHash();

  hash(password: string): Promise<string> {
    return this.turns.run(() => hashPassword(password));
  }

  /** @param stored null, of whoever has none: compares with a decoy and says no, after the same time. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const matches = await this.turns.run(() => matchesPassword(password, stored ?? this.decoy));
    return matches && stored !== null;
  }
}
