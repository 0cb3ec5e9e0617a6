import type { AlarmLimits, WardInfo } from '@app/contracts';
import type { Kysely } from 'kysely';
import type { Change, Changes } from './change.js';
import { checkedLimits, limitsOf } from './limits-rules.js';
import { type Actor, RegistryError, type Wards } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import type { Tables } from './tables.js';
import { cleanText, requireId } from './text-rules.js';

export class WardsStore implements Wards {
  constructor(
    private readonly changes: Changes,
    private readonly defaultLimits: AlarmLimits,
  ) {}

  list(): Promise<WardInfo[]> {
    return this.changes.database.read((db) => readWards(db));
  }

  async find(ward: string): Promise<WardInfo | null> {
    const [found] = await this.changes.database.read((db) => readWards(db, ward));
    return found ?? null;
  }

  async add(actor: Actor, ward: string, name: string): Promise<void> {
    requireId('ward', ward);
    const clean = cleanWardName(name);
    await this.changes.make((change) => addWard(change, actor, ward, clean, this.defaultLimits));
  }

  async rename(actor: Actor, ward: string, name: string): Promise<void> {
    const clean = cleanWardName(name);
    await this.changes.make(async (change) => {
      const before = await requireWard(change.db, ward);
      if (before.name === clean) return;
      await change.db.updateTable('wards').set({ name: clean }).where('ward', '=', ward).execute();
      await change.audit(actor, {
        action: 'ward.renamed',
        subjectType: 'ward',
        subject: ward,
        ward,
        before: { name: before.name },
        after: { name: clean },
      });
    });
  }

  async addBed(actor: Actor, ward: string, bed: string): Promise<void> {
    const clean = cleanText('a bed', bed, REGISTRY_BOUNDS.bedCharacters);
    await this.changes.make(async (change) => {
      await requireWard(change.db, ward);
      const beds = await change.db
        .selectFrom('beds')
        .select(['bed', 'position'])
        .where('ward', '=', ward)
        .execute();
      if (beds.some((known) => known.bed === clean)) {
        throw new RegistryError('conflict', `ward ${ward} has a bed ${clean} already`);
      }
      if (beds.length >= REGISTRY_BOUNDS.bedsPerWard) {
        throw new RegistryError(
          'conflict',
          `ward ${ward} has ${beds.length} beds, and there can be no more`,
        );
      }
      const position = 1 + Math.max(0, ...beds.map((known) => known.position));
      await change.db.insertInto('beds').values({ ward, bed: clean, position }).execute();
      await change.audit(actor, {
        action: 'bed.added',
        subjectType: 'ward',
        subject: ward,
        ward,
        after: { bed: clean },
      });
    });
  }

  async removeBed(actor: Actor, ward: string, bed: string): Promise<void> {
    await this.changes.make(async (change) => {
      await requireFreeBed(change.db, ward, bed);
      await change.db.deleteFrom('beds').where('ward', '=', ward).where('bed', '=', bed).execute();
      await change.audit(actor, {
        action: 'bed.removed',
        subjectType: 'ward',
        subject: ward,
        ward,
        before: { bed },
      });
    });
  }

  async setLimits(actor: Actor, ward: string, limits: AlarmLimits): Promise<void> {
    const checked = checkedLimits(limits);
    await this.changes.make(async (change) => {
      const before = await requireWard(change.db, ward);
      await change.db
        .updateTable('wards')
        .set({ limits: JSON.stringify(checked) })
        .where('ward', '=', ward)
        .execute();
      await change.audit(actor, {
        action: 'limits.changed',
        subjectType: 'ward',
        subject: ward,
        ward,
        before: limitsOf(before.limits),
        after: checked,
      });
      await emitWardLimits(change, actor, ward, checked);
    });
  }
}

function cleanWardName(name: string): string {
  return cleanText('the name of a ward', name, REGISTRY_BOUNDS.nameCharacters);
}

/** Used for the first ward of a new registry, too. */
export async function addWard(
  change: Change,
  actor: Actor,
  ward: string,
  name: string,
  limits: AlarmLimits,
): Promise<void> {
  const wards = await change.db.selectFrom('wards').select('ward').execute();
  if (wards.some((known) => known.ward === ward)) {
    throw new RegistryError('conflict', `there is a ward ${ward} already`);
  }
  if (wards.length >= REGISTRY_BOUNDS.wards) {
    throw new RegistryError(
      'conflict',
      `there are ${wards.length} wards, and there can be no more`,
    );
  }
  await change.db
    .insertInto('wards')
    .values({ ward, name, limits: JSON.stringify(limits) })
    .execute();
  await change.audit(actor, {
    action: 'ward.added',
    subjectType: 'ward',
    subject: ward,
    ward,
    after: { name, limits },
  });
  await emitWardLimits(change, actor, ward, limits);
}

/** Leaves the ward's limits, as they are now, for the journal. */
export async function emitWardLimits(
  change: Change,
  actor: Actor,
  ward: string,
  limits: AlarmLimits,
) {
  const patient = `ward:${ward}`;
  await change.emit(patient, {
    type: 'limits',
    patient,
    limits,
    by: actor.name,
    atMs: change.nowMs,
  });
}

/** @throws RegistryError when there is none. */
export async function requireWard(
  db: Kysely<Tables>,
  ward: string,
): Promise<{ name: string; limits: string }> {
  const row = await db
    .selectFrom('wards')
    .select(['name', 'limits'])
    .where('ward', '=', ward)
    .executeTakeFirst();
  if (row === undefined) throw new RegistryError('not-found', `there is no ward ${ward}`);
  return row;
}

/** @throws RegistryError when there is no such bed, or somebody lies in it. */
export async function requireFreeBed(db: Kysely<Tables>, ward: string, bed: string): Promise<void> {
  const row = await db
    .selectFrom('beds')
    .leftJoin('admissions', (join) =>
      join
        .onRef('admissions.ward', '=', 'beds.ward')
        .onRef('admissions.bed', '=', 'beds.bed')
        .on('admissions.discharged_ms', 'is', null),
    )
    .select('admissions.patient')
    .where('beds.ward', '=', ward)
    .where('beds.bed', '=', bed)
    .executeTakeFirst();
  if (row === undefined) {
    throw new RegistryError('not-found', `there is no bed ${bed} in ward ${ward}: add it first`);
  }
  if (row.patient !== null) {
    throw new RegistryError(
      'conflict',
      `${row.patient} lies in bed ${bed} of ward ${ward}: choose another bed, or move ${row.patient} first`,
    );
  }
}

async function readWards(db: Kysely<Tables>, ward?: string): Promise<WardInfo[]> {
  let wards = db.selectFrom('wards').selectAll().orderBy('ward');
  let beds = db
    .selectFrom('beds')
    .leftJoin('admissions', (join) =>
      join
        .onRef('admissions.ward', '=', 'beds.ward')
        .onRef('admissions.bed', '=', 'beds.bed')
        .on('admissions.discharged_ms', 'is', null),
    )
    .select(['beds.ward', 'beds.bed', 'admissions.patient'])
    .orderBy('beds.position');
  if (ward !== undefined) {
    wards = wards.where('ward', '=', ward);
    beds = beds.where('beds.ward', '=', ward);
  }
  const bedRows = await beds.execute();
  return (await wards.execute()).map((row) => ({
    ward: row.ward,
    name: row.name,
    beds: bedRows
      .filter((bed) => bed.ward === row.ward)
      .map(({ bed, patient }) => ({ bed, patient })),
    limits: limitsOf(row.limits),
  }));
}
