import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { LIMITS, type RegistryWorld } from './registry-harness.js';

export function describeSeveral(world: () => RegistryWorld): void {
  describe('opened by several', () => {
    it('shows each change to the others with their next call', async () => {
      const other = await world().open();
      for (let i = 0; i < 10; i++) {
        const before = await other.revision();
        const { patient } = await world().admit();
        expect(await other.revision()).toBe(before + 1);
        expect((await other.patients.find(patient))?.patient).toBe(patient);
      }
      expect(await other.patients.inWard('main')).toHaveLength(10);
    });

    it('lets one of two who want the same bed or pseudonym have it', async () => {
      const other = await world().open();
      await other.wards.addBed(COMMAND_LINE, 'main', '1');
      const request = { name: 'Ada', label: 'A', bed: '1' };
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, (_, i) =>
          (i % 2 === 0 ? other : world().registry).patients.admit(COMMAND_LINE, 'main', request),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await other.patients.inWard('main')).toHaveLength(1);
    });

    it('leaves records in the order of the changes, until each is removed', async () => {
      await world().takeRecords();
      for (const high of [100, 110, 115]) {
        await world().registry.wards.setLimits(COMMAND_LINE, 'main', {
          ...LIMITS,
          heartRateHighBpm: high,
        });
      }
      const other = await world().open();
      const first = await other.outbox.peek(2);
      expect(first.map(({ record }) => record)).toMatchObject([
        { limits: { heartRateHighBpm: 100 } },
        { limits: { heartRateHighBpm: 110 } },
      ]);
      await other.outbox.remove(first.map(({ id }) => id));
      await other.outbox.remove([]);
      expect(await world().registry.outbox.peek(10)).toMatchObject([
        { key: 'ward:main', record: { limits: { heartRateHighBpm: 115 } } },
      ]);
    });
  });
}
