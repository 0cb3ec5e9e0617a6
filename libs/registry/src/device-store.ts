import { NAME_PATTERN, type Origin } from '@app/contracts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { BoundedTurns } from './bounded-turns.js';
import { readDataFolder } from './data-folder.js';
import { type DeviceRecord, DeviceStoreError, type NewDevice } from './device-record.js';
import { type SecretHash, hashSecret, matchesSecret, newSecret } from './secret-hash.js';
import { VerifiedCredentials } from './verified-credentials.js';

/** The wearables of one data folder. Several processes may have it open; each sees the others' changes at once. */
export interface DeviceStore {
  /** @returns the secret, which is stored only as a hash and so is never shown again. */
  add(device: NewDevice): Promise<{ secret: string }>;
  /** Replaces the secret of a known device. */
  renew(device: string): Promise<{ secret: string }>;
  /** The device's record when the secret is right, else null. Rejects when too many are waiting to be verified. */
  verify(device: string, secret: string): Promise<DeviceRecord | null>;
  find(device: string): DeviceRecord | null;
  /** Devices that the patient wears, by name. */
  worn(patient: string): DeviceRecord[];
  /** All devices, by name. */
  list(): DeviceRecord[];
  /** @returns whether there was one. */
  remove(device: string): boolean;
  /** Gives the device to another patient from now on. @returns whether there is such a device. */
  setPatient(device: string, patient: string): boolean;
  close(): void;
}

export const DEVICE_STORE_LIMITS = {
  /** Secrets hashed at once: half of libuv's four threads, so that files and sockets keep the others. */
  hashesAtOnce: 2,
  /** Secrets waiting to be hashed; one more is refused. */
  hashesWaiting: 4096,
  /** Verified credentials remembered. */
  verifiedCredentials: 4096,
  /** How long a write waits for another process's, ms. */
  busyTimeoutMs: 5000,
  /** Characters of a secret that is offered for verification. */
  secretCharacters: 256,
} as const;

/** @throws DataFolderError when the folder is no data folder yet. */
export function openDeviceStore(dataFolderPath: string): DeviceStore {
  return new SqliteDeviceStore(dataFolderPath);
}

const rowSchema = z.object({
  device: z.string(),
  patient: z.string(),
  origin: z.enum(['live', 'simulated', 'replay']),
  added_ms: z.number(),
  salt: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
  cost: z.number(),
});
type Row = z.output<typeof rowSchema>;

class SqliteDeviceStore implements DeviceStore {
  private readonly database: DatabaseSync;
  private readonly origin: Origin;
  private readonly hashing = new BoundedTurns(
    DEVICE_STORE_LIMITS.hashesAtOnce,
    DEVICE_STORE_LIMITS.hashesWaiting,
  );
  private readonly verified = new VerifiedCredentials(DEVICE_STORE_LIMITS.verifiedCredentials);
  /** Hashed for names that do not exist, so that the answer's delay does not tell which do. */
  private readonly decoy: SecretHash = { salt: randomBytes(16), hash: randomBytes(32), cost: 4096 };
  private readonly findStatement;

  constructor(path: string) {
    this.origin = readDataFolder(path).origin;
    this.database = new DatabaseSync(join(path, 'devices.db'));
    this.database.exec(`
      PRAGMA busy_timeout = ${DEVICE_STORE_LIMITS.busyTimeoutMs};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS devices (
        device TEXT PRIMARY KEY, patient TEXT NOT NULL, origin TEXT NOT NULL, added_ms INTEGER NOT NULL,
        salt BLOB NOT NULL, hash BLOB NOT NULL, cost INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS devices_by_patient ON devices (patient);`);
    this.findStatement = this.database.prepare('SELECT * FROM devices WHERE device = ?');
  }

  async add({ device, patient, origin }: NewDevice): Promise<{ secret: string }> {
    requireName('device', device);
    requireName('patient', patient);
    if (origin !== this.origin) {
      throw new DeviceStoreError(
        `this data folder holds ${this.origin} patients: a ${origin} device needs another folder`,
      );
    }
    const secret = newSecret();
    const { salt, hash, cost } = await this.hashing.run(() => hashSecret(secret));
    const { changes } = this.database
      .prepare('INSERT OR IGNORE INTO devices VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(device, patient, origin, Date.now(), salt, hash, cost);
    if (Number(changes) === 0) throw new DeviceStoreError(`device ${device} exists already`);
    return { secret };
  }

  async renew(device: string): Promise<{ secret: string }> {
    const secret = newSecret();
    const { salt, hash, cost } = await this.hashing.run(() => hashSecret(secret));
    const { changes } = this.database
      .prepare('UPDATE devices SET salt = ?, hash = ?, cost = ? WHERE device = ?')
      .run(salt, hash, cost, device);
    if (Number(changes) === 0) throw new DeviceStoreError(`there is no device ${device}`);
    return { secret };
  }

  async verify(device: string, secret: string): Promise<DeviceRecord | null> {
    if (secret.length > DEVICE_STORE_LIMITS.secretCharacters) return null;
    const row = this.row(device);
    if (row !== null && this.verified.has(device, secret, row.hash)) return recordOf(row);
    const matches = await this.hashing.run(() => matchesSecret(secret, row ?? this.decoy));
    if (row === null || !matches) return null;
    this.verified.remember(device, secret, row.hash);
    return recordOf(row);
  }

  find(device: string): DeviceRecord | null {
    const row = this.row(device);
    return row === null ? null : recordOf(row);
  }

  worn(patient: string): DeviceRecord[] {
    const rows = this.database
      .prepare('SELECT * FROM devices WHERE patient = ? ORDER BY device')
      .all(patient);
    return rows.map((row) => recordOf(rowSchema.parse(row)));
  }

  list(): DeviceRecord[] {
    const rows = this.database.prepare('SELECT * FROM devices ORDER BY device').all();
    return rows.map((row) => recordOf(rowSchema.parse(row)));
  }

  remove(device: string): boolean {
    const { changes } = this.database.prepare('DELETE FROM devices WHERE device = ?').run(device);
    return Number(changes) > 0;
  }

  setPatient(device: string, patient: string): boolean {
    requireName('patient', patient);
    const { changes } = this.database
      .prepare('UPDATE devices SET patient = ? WHERE device = ?')
      .run(patient, device);
    return Number(changes) > 0;
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private row(device: string): Row | null {
    const row = this.findStatement.get(device);
    return row === undefined ? null : rowSchema.parse(row);
  }
}

function recordOf({ device, patient, origin, added_ms: addedMs }: Row): DeviceRecord {
  return { device, patient, origin, addedMs };
}

function requireName(what: string, name: string): void {
  if (!NAME_PATTERN.test(name)) {
    throw new DeviceStoreError(
      `${JSON.stringify(name)} cannot be a ${what}: use 1 to 36 letters, digits, dots, dashes or underscores, the first a letter or digit`,
    );
  }
}
