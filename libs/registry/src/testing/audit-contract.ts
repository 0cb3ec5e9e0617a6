import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { MINUTE_MS, NURSE, type RegistryWorld } from './registry-harness.js';

export function describeAudit(world: () => RegistryWorld): void {
  const audit = () => world().registry.audit;
  const note = (action: string, after?: unknown) =>
    audit().note(NURSE, {
      action,
      subjectType: 'patient',
      subject: 'p-1',
      ward: 'main',
      reason: null,
      after,
    });

  describe('audit', () => {
    it('notes what is no change, and raises no revision', async () => {
      const revision = await world().registry.revision();
      await note('alarm.acknowledged', { alarmId: 'x' });
      expect(await world().registry.revision()).toBe(revision);
      const entry = await world().lastAudit();
      expect(entry).toEqual({
        id: 2,
        atMs: world().nowMs,
        person: 'u-nurse',
        name: 'Nia',
        role: 'nurse',
        action: 'alarm.acknowledged',
        subjectType: 'patient',
        subject: 'p-1',
        ward: 'main',
        before: null,
        after: { alarmId: 'x' },
        reason: null,
      });
    });

    it('is asked newest first, by page and by filter', async () => {
      for (const action of ['a', 'b', 'a', 'c']) {
        await note(action);
        world().passes(MINUTE_MS);
      }
      const actions = async (query: Parameters<ReturnType<typeof audit>['query']>[0]) =>
        (await audit().query(query)).map(({ id, action }) => `${id}${action}`);
      expect(await actions({})).toEqual(['5c', '4a', '3b', '2a', '1ward.added']);
      expect(await actions({ limit: 2 })).toEqual(['5c', '4a']);
      expect(await actions({ limit: 2, beforeId: 4 })).toEqual(['3b', '2a']);
      expect(await actions({ action: 'a' })).toEqual(['4a', '2a']);
      expect(await actions({ person: 'u-nurse', beforeId: 4 })).toEqual(['3b', '2a']);
      expect(await actions({ subject: 'main' })).toEqual(['1ward.added']);
      expect(await actions({ ward: 'west' })).toEqual([]);
      const fromMs = world().nowMs - 2 * MINUTE_MS;
      expect(await actions({ fromMs })).toEqual(['5c', '4a']);
      expect(await actions({ toMs: fromMs, person: 'u-nurse' })).toEqual(['3b', '2a']);
      expect(await actions({ limit: 0 })).toEqual(['5c']);
      expect(await actions({ limit: 1e9 })).toHaveLength(5);
    });

    it('cannot be changed, shortened or replaced, by whoever asks the database', async () => {
      await note('a');
      for (const statement of [
        "UPDATE audit SET action = 'b' WHERE id = 2",
        'DELETE FROM audit WHERE id = 2',
        'DELETE FROM audit',
      ]) {
        await expect(world().execute(statement)).rejects.toThrow('the audit is append-only');
      }
      await expect(
        world().execute(
          "INSERT INTO audit (id, at_ms, person, name, role, action, subject_type, subject, hash) VALUES (2, 0, 'x', 'x', 'x', 'x', 'x', 'x', 'x')",
        ),
      ).rejects.toThrow();
      expect(await audit().verify()).toBeNull();
    });

    it('notices what somebody changed who took the locks off', async () => {
      for (const action of ['a', 'b', 'c', 'd']) await note(action, { reason: 'as it was' });
      expect(await audit().verify()).toBeNull();
      await world().execute('DROP TRIGGER audit_never_changes /*on*/');
      await world().execute('UPDATE audit SET after = \'{"reason":"as wished"}\' WHERE id = 3');
      expect(await audit().verify()).toBe(3);
    });

    it.each([
      [[3], 3],
      [[5], 5],
      [[1], 1],
      [[1, 2, 3, 4, 5], 1],
    ])('notices that %j were taken out', async (ids, first) => {
      for (const action of ['a', 'b', 'c', 'd']) await note(action);
      await world().execute('DROP TRIGGER audit_never_changes /*on*/');
      await world().execute('DROP TRIGGER IF EXISTS audit_never_shrinks /*on*/');
      await world().execute(`DELETE FROM audit WHERE id IN (${ids.join(', ')})`);
      expect(await audit().verify()).toBe(first);
    });

    it('stays one chain when several write at once', async () => {
      const other = await world().open();
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? other : world().registry).wards.addBed(COMMAND_LINE, 'main', `${i}`),
        ),
      );
      expect(await audit().query({})).toHaveLength(21);
      expect(await audit().verify()).toBeNull();
    });
  });
}
