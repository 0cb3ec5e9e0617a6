import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { LIMITS, NURSE, type RegistryWorld } from './registry-harness.js';

export function describeWards(world: () => RegistryWorld): void {
  describe('wards', () => {
    it('has one ward and nobody when it is new, and says its limits to the journal', async () => {
      const { registry } = world();
      expect(await registry.wards.list()).toEqual([
        { ward: 'main', name: 'Ward', beds: [], limits: LIMITS },
      ]);
      expect(await registry.people.list()).toEqual([]);
      expect(await registry.people.hasAdministrator()).toBe(false);
      expect(await world().takeRecords()).toMatchObject([
        { key: 'ward:main', type: 'limits', patient: 'ward:main', limits: LIMITS, by: 'Vigil' },
      ]);
    });

    it('keeps beds in the order in which they were added, and who lies in them', async () => {
      const { wards } = world().registry;
      for (const bed of ['2', '1', ' Window 10 ']) await wards.addBed(COMMAND_LINE, 'main', bed);
      const { patient } = await world().admit({ bed: '1' });
      expect((await wards.find('main'))?.beds).toEqual([
        { bed: '2', patient: null },
        { bed: '1', patient },
        { bed: 'Window 10', patient: null },
      ]);
      await expect(wards.removeBed(COMMAND_LINE, 'main', '1')).rejects.toThrow(
        `${patient} lies in bed 1 of ward main`,
      );
      await world().registry.patients.discharge(NURSE, patient);
      await wards.removeBed(COMMAND_LINE, 'main', '1');
      await wards.addBed(COMMAND_LINE, 'main', '1');
      expect((await wards.find('main'))?.beds.map(({ bed }) => bed)).toEqual([
        '2',
        'Window 10',
        '1',
      ]);
    });

    it('refuses what is there twice, is not there, or cannot be', async () => {
      const { wards } = world().registry;
      await wards.addBed(COMMAND_LINE, 'main', '1');
      await expect(wards.addBed(COMMAND_LINE, 'main', '1')).rejects.toMatchObject({
        kind: 'conflict',
        message: 'ward main has a bed 1 already',
      });
      await expect(wards.addBed(COMMAND_LINE, 'none', '1')).rejects.toMatchObject({
        kind: 'not-found',
      });
      for (const bed of ['', ' ', 'x'.repeat(17), 'a\nb', 'a\u202Eb']) {
        await expect(wards.addBed(COMMAND_LINE, 'main', bed)).rejects.toMatchObject({
          kind: 'invalid',
        });
      }
      await expect(wards.removeBed(COMMAND_LINE, 'main', '9')).rejects.toMatchObject({
        kind: 'not-found',
      });
      await expect(wards.add(COMMAND_LINE, 'main', 'Again')).rejects.toThrow('already');
      await expect(wards.add(COMMAND_LINE, 'a/b', 'No')).rejects.toThrow('cannot be a ward');
      await expect(wards.add(COMMAND_LINE, 'b', 'x'.repeat(81))).rejects.toThrow('1 to 80');
      expect(await wards.find('b')).toBeNull();
    });

    it('adds, renames and limits wards, each said to audit and journal', async () => {
      const { wards } = world().registry;
      await world().takeRecords();
      await wards.add(COMMAND_LINE, 'west', ' West  wing ');
      await wards.rename(NURSE, 'west', 'West');
      const changed = { ...LIMITS, heartRateHighBpm: 110 };
      await wards.setLimits(NURSE, 'west', changed);
      expect(await wards.find('west')).toEqual({
        ward: 'west',
        name: 'West',
        beds: [],
        limits: changed,
      });
      expect(await world().takeRecords()).toMatchObject([
        { key: 'ward:west', limits: LIMITS, by: 'command line' },
        { key: 'ward:west', limits: changed, by: 'Nia', atMs: world().nowMs },
      ]);
      expect(await world().lastAudit()).toMatchObject({
        action: 'limits.changed',
        subjectType: 'ward',
        subject: 'west',
        ward: 'west',
        person: 'u-nurse',
        before: LIMITS,
        after: changed,
      });
    });

    it('refuses limits that contradict each other, and says which', async () => {
      const { wards } = world().registry;
      const wrong = { ...LIMITS, heartRateLowBpm: 130 };
      await expect(wards.setLimits(NURSE, 'main', wrong)).rejects.toThrow(
        /these limits cannot be set: heartRateLowBpm 130 must be below/,
      );
      expect((await wards.find('main'))?.limits).toEqual(LIMITS);
    });
  });
}
