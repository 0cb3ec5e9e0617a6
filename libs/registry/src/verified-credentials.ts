import { createHmac, randomBytes } from 'node:crypto';

/**
 * Remembers which credentials were verified against which stored hash, so that a ward that reconnects at once costs no
 * hashing. Holds keyed digests only (the key dies with the process); bounded, the least recently used goes first.
 * A renewed or removed secret has another stored hash or none, so its entry no longer matches.
 */
export class VerifiedCredentials {
  private readonly key = randomBytes(32);
  private readonly storedHashes = new Map<string, string>();

  constructor(private readonly capacity: number) {}

  has(device: string, secret: string, storedHash: Uint8Array): boolean {
    const digest = this.digest(device, secret);
    const known = this.storedHashes.get(digest);
    if (known === undefined || known !== hex(storedHash)) return false;
    this.storedHashes.delete(digest);
    this.storedHashes.set(digest, known);
    return true;
  }

  remember(device: string, secret: string, storedHash: Uint8Array): void {
    this.storedHashes.set(this.digest(device, secret), hex(storedHash));
    const [oldest] = this.storedHashes.keys();
    if (this.storedHashes.size > this.capacity && oldest !== undefined)
      this.storedHashes.delete(oldest);
  }

  /** A lookup by keyed digest tells nothing through its timing: who cannot forge the digest cannot steer it. */
  private digest(device: string, secret: string): string {
    return createHmac('sha256', this.key).update(`${device}\0${secret}`).digest('base64');
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
