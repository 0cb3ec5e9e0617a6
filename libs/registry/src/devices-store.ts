import { type DeviceInfo, NOBODY, type Origin } from '@app/contracts';
import type { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import { emitAdmission } from './admission-change.js';
import { BoundedTurns } from './bounded-turns.js';
import type { Changes } from './change.js';
import { type Actor, type DeviceEntry, type Devices, RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import { type SecretHash, hashSecret, matchesSecret, newSecret } from './secret-hash.js';
import type { DeviceRow, Tables } from './tables.js';
import { requireId } from './text-rules.js';
import { VerifiedCredentials } from './verified-credentials.js';
import { requireWard } from './wards-store.js';
import { requireDevice, takeOff, wearerOf } from './wearing-change.js';

export class DevicesStore implements Devices {
  private readonly hashing = new BoundedTurns(
    REGISTRY_BOUNDS.hashesAtOnce,
    REGISTRY_BOUNDS.hashesWaiting,
  );
  private readonly verified = new VerifiedCredentials(REGISTRY_BOUNDS.verifiedCredentials);
  /** Hashed for names that do not exist, so that the answer's delay does not tell which do. */
  private readonly decoy: SecretHash = { salt: randomBytes(16), hash: randomBytes(32), cost: 4096 };

  constructor(
    private readonly changes: Changes,
    private readonly origin: Origin,
  ) {}

  async list(ward?: string): Promise<DeviceInfo[]> {
    let select = this.changes.database.reader
      .selectFrom('devices')
      .leftJoin('wearings', (join) =>
        join.onRef('wearings.device', '=', 'devices.device').on('wearings.to_ms', 'is', null),
      )
      .select(['devices.device', 'devices.ward', 'devices.added_ms', 'wearings.patient'])
      .orderBy('devices.device');
    if (ward !== undefined) select = select.where('devices.ward', '=', ward);
    return (await select.execute()).map((row) => ({
      device: row.device,
      origin: this.origin,
      ward: row.ward,
      addedMs: row.added_ms,
      patient: row.patient,
    }));
  }

  find(device: string): Promise<DeviceEntry | null> {
    return this.changes.database.read(async (db) => {
      const row = await readDevice(db, device);
      return row === undefined ? null : this.entryOf(db, row);
    });
  }

  async add(actor: Actor, ward: string, device: string): Promise<{ secret: string }> {
    requireId('device', device);
    const { secret, columns } = await this.newSecret();
    await this.changes.make(async (change) => {
      await requireWard(change.db, ward);
      if ((await readDevice(change.db, device)) !== undefined) {
        throw new RegistryError('conflict', `device ${device} exists already`);
      }
      await change.db
        .insertInto('devices')
        .values({ device, ward, added_ms: change.nowMs, ...columns })
        .execute();
      await change.audit(actor, {
        action: 'device.added',
        subjectType: 'device',
        subject: device,
        ward,
        after: { ward },
      });
    });
    return { secret };
  }

  async renew(actor: Actor, device: string): Promise<{ secret: string }> {
    const { secret, columns } = await this.newSecret();
    await this.changes.make(async (change) => {
      const { ward } = await requireDevice(change, device);
      await change.db.updateTable('devices').set(columns).where('device', '=', device).execute();
      await change.audit(actor, {
        action: 'device.secret-renewed',
        subjectType: 'device',
        subject: device,
        ward,
      });
    });
    return { secret };
  }

  async remove(actor: Actor, device: string): Promise<void> {
    await this.changes.make(async (change) => {
      const { ward } = await requireDevice(change, device);
      const patient = await wearerOf(change, device);
      if (patient !== NOBODY) {
        await takeOff(change, patient, device);
        await emitAdmission(change, actor, patient, 'device-unassigned');
      }
      await change.db.deleteFrom('devices').where('device', '=', device).execute();
      await change.audit(actor, {
        action: 'device.removed',
        subjectType: 'device',
        subject: device,
        ward,
        before: { ward, patient: patient === NOBODY ? null : patient },
      });
    });
  }

  async verify(device: string, secret: string): Promise<DeviceEntry | null> {
    if (secret.length > REGISTRY_BOUNDS.secretCharacters) return null;
    const row = await readDevice(this.changes.database.reader, device);
    const stored = row === undefined ? this.decoy : storedHash(row);
    if (row === undefined || !this.verified.has(device, secret, stored.hash)) {
      const matches = await this.hashing.run(() => matchesSecret(secret, stored));
      if (row === undefined || !matches) return null;
      this.verified.remember(device, secret, stored.hash);
    }
    return this.changes.database.read(async (db) => {
      // Meanwhile it may have been removed, or given another secret.
      const now = await readDevice(db, device);
      return now?.hash === row.hash ? this.entryOf(db, now) : null;
    });
  }

  private async entryOf(
    db: Kysely<Tables>,
    { device, ward, salt }: Pick<DeviceRow, 'device' | 'ward' | 'salt'>,
  ): Promise<DeviceEntry> {
    const wearings = await db
      .selectFrom('wearings')
      .select(['patient', 'from_ms', 'to_ms'])
      .where('device', '=', device)
      .orderBy('from_ms')
      .orderBy('id')
      .execute();
    return {
      device,
      origin: this.origin,
      ward,
      wearings: wearings.map(({ patient, from_ms: fromMs, to_ms: toMs }) => ({
        patient,
        fromMs,
        toMs,
      })),
      credential: salt.slice(0, 16),
    };
  }

  private async newSecret() {
    const secret = newSecret();
    const { salt, hash, cost } = await this.hashing.run(() => hashSecret(secret));
    return {
      secret,
      columns: {
        salt: Buffer.from(salt).toString('hex'),
        hash: Buffer.from(hash).toString('hex'),
        cost,
      },
    };
  }
}

function readDevice(db: Kysely<Tables>, device: string): Promise<DeviceRow | undefined> {
  return db.selectFrom('devices').selectAll().where('device', '=', device).executeTakeFirst();
}

function storedHash({ salt, hash, cost }: DeviceRow): SecretHash {
  return { salt: Buffer.from(salt, 'hex'), hash: Buffer.from(hash, 'hex'), cost };
}
