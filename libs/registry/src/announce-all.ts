import type { Changes } from './change.js';
import type { Actor } from './registry.js';
import { emitAdmission } from './admission-change.js';
import { limitsOf } from './limits-rules.js';
import { emitWardLimits } from './wards-store.js';

/**
 * Leaves a record of everything that is in force for the journal: limits of the wards, every patient's place (also of those
 * who have gone), personal limits. For a registry that was restored beside a journal of another moment.
 */
export async function announceAll(changes: Changes, actor: Actor): Promise<void> {
  await changes.make(async (change) => {
    const by = actor.name;
    const atMs = change.nowMs;
    for (const { ward, limits } of await change.db.selectFrom('wards').selectAll().execute()) {
      await emitWardLimits(change, actor, ward, limitsOf(limits));
    }
    for (const row of await change.db.selectFrom('patients').selectAll().execute()) {
      const { patient } = row;
      const { limits } = await emitAdmission(change, actor, patient, 'announced');
      await change.emit(patient, { type: 'limits', patient, limits, by, atMs });
    }
    await change.audit(actor, {
      action: 'registry.restored',
      subjectType: 'ward',
      subject: 'all',
      ward: null,
    });
  });
}
