import type { AlarmLimits, Origin } from '@app/contracts';
import type { Transaction } from 'kysely';
import { AUDIT_START } from './audit-hash.js';
import { Change } from './change.js';
import { RegistryError, STATION } from './registry.js';
import type { StateRow, Tables } from './tables.js';
import { addWard } from './wards-store.js';

export const FIRST_WARD = 'main';

/**
 * Fills a new registry: one ward, nobody. A registry that is none is left as it is.
 * @throws RegistryError when it is of another origin: simulated patients and real ones never meet.
 */
export async function fillNew(
  db: Transaction<Tables>,
  origin: Origin,
  nowMs: number,
  limits: AlarmLimits,
): Promise<void> {
  const known = await db.selectFrom('registry_state').select('origin').executeTakeFirst();
  if (known !== undefined && known.origin !== origin) {
    throw new RegistryError(
      'conflict',
      `this registry holds ${known.origin} patients, not ${origin}: choose another one`,
    );
  }
  if (known !== undefined) return;
  const state: StateRow = { id: 1, origin, revision: 0, audit_id: 0, audit_hash: AUDIT_START };
  await db.insertInto('registry_state').values(state).execute();
  const change = new Change(db, nowMs, state);
  await addWard(change, STATION, FIRST_WARD, 'Ward', limits);
  await change.finish(true);
}
