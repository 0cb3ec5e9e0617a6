import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { MINUTE_MS, NURSE, START_MS, type RegistryWorld } from './registry-harness.js';

/** Minutes after the start. */
const at = (minutes: number) => START_MS + minutes * MINUTE_MS;

export function describeWearings(world: () => RegistryWorld): void {
  const patients = () => world().registry.patients;

  describe('wearings', () => {
    it('swaps two devices: each sample has one wearer, and each patient’s state is said', async () => {
      await world().addDevices('w-1', 'w-2');
      await world().admit({ patient: 'a' });
      await world().admit({ patient: 'b' });
      await world().assign('a', 'w-1');
      await world().assign('b', 'w-2');
      world().passes(5 * MINUTE_MS);
      await world().takeRecords();
      await world().assign('a', 'w-2');
      await world().assign('b', 'w-1');
      expect(await world().wearings('w-1')).toEqual(['a 0-5', 'b 5-']);
      expect(await world().wearings('w-2')).toEqual(['b 0-5', 'a 5-']);
      expect(await world().takeRecords()).toMatchObject([
        { key: 'b', change: 'device-unassigned', admission: { devices: [] } },
        {
          key: 'a',
          change: 'device-assigned',
          admission: { devices: [{ device: 'w-1' }, { device: 'w-2' }] },
        },
        { key: 'a', change: 'device-unassigned', admission: { devices: [{ device: 'w-2' }] } },
        {
          key: 'b',
          change: 'device-assigned',
          admission: { devices: [{ device: 'w-1', sinceMs: at(5) }] },
        },
      ]);
      const audit = await world().registry.audit.query({
        subject: 'a',
        action: 'device.unassigned',
      });
      expect(audit).toMatchObject([{ before: { device: 'w-1' }, after: { ward: 'main' } }]);
    });

    it('reaches back to a moment since which nobody wore it, before the admission too', async () => {
      await world().addDevices('w-1', 'w-2');
      world().passes(10 * MINUTE_MS);
      const { patient, admission } = await world().admit({
        device: { device: 'w-1', position: 'wrist', mode: 'spot', sinceMs: at(5) },
      });
      expect(admission).toMatchObject({
        admittedMs: at(10),
        devices: [{ device: 'w-1', mode: 'spot', sinceMs: at(5) }],
      });
      await world().assign(patient, 'w-2', at(7));
      expect(await world().wearings('w-2')).toEqual([`${patient} 7-`]);
    });

    it('never reaches into another wearing, and says until when it lasted', async () => {
      await world().addDevices('w-1');
      await world().admit({ patient: 'a' });
      await world().admit({ patient: 'b' });
      await world().assign('a', 'w-1');
      world().passes(5 * MINUTE_MS);
      await expect(world().assign('b', 'w-1', at(3))).rejects.toMatchObject({
        kind: 'conflict',
        message:
          'a wore w-1 from 2026-05-01T10:00:00.000Z until now, so b cannot have worn it since 2026-05-01T10:03:00.000Z: leave the time out for now',
      });
      await patients().unassign(NURSE, 'a', 'w-1');
      world().passes(5 * MINUTE_MS);
      await expect(world().assign('b', 'w-1', at(4))).rejects.toThrow(
        'say a time from 2026-05-01T10:05:00.000Z on',
      );
      await world().assign('b', 'w-1', at(5));
      expect(await world().wearings('w-1')).toEqual(['a 0-5', 'b 5-']);
    });

    it('reaches neither into the future nor before the patient’s last discharge', async () => {
      await world().addDevices('w-1');
      await world().admit({ patient: 'a' });
      world().passes(5 * MINUTE_MS);
      await patients().discharge(NURSE, 'a');
      world().passes(5 * MINUTE_MS);
      await world().admit({ patient: 'a' });
      await expect(world().assign('a', 'w-1', at(3))).rejects.toThrow('was discharged at');
      await expect(world().assign('a', 'w-1', at(12))).rejects.toThrow('is yet to come');
      await expect(world().assign('a', 'w-1', Number.NaN)).rejects.toThrow('must be ms since 1970');
      // a screen's clock that is a little ahead
      await world().assign('a', 'w-1', at(10) + 2000);
      expect(await world().wearings('w-1')).toEqual(['a 10-']);
    });

    it('never overlaps, also when the station’s clock steps back', async () => {
      await world().addDevices('w-1');
      for (const patient of ['a', 'b', 'c']) await world().admit({ patient });
      world().passes(10 * MINUTE_MS);
      await world().assign('a', 'w-1');
      world().passes(-4 * MINUTE_MS);
      await world().assign('b', 'w-1');
      await patients().unassign(NURSE, 'b', 'w-1');
      await world().assign('c', 'w-1');
      // what lies in the future was written with a wrong clock, and counts for nothing
      expect(await world().wearings('w-1')).toEqual(['a 6-6', 'b 6-6', 'c 6-']);
    });

    it('changes place and mode without a new wearing', async () => {
      await world().addDevices('w-1');
      await world().admit({ patient: 'a' });
      await world().assign('a', 'w-1');
      world().passes(MINUTE_MS);
      const request = { device: 'w-1', position: 'finger', mode: 'spot' } as const;
      expect((await patients().assign(NURSE, 'a', request)).devices).toEqual([
        { ...request, sinceMs: at(0) },
      ]);
      expect(await world().wearings('w-1')).toEqual(['a 0-']);
      await expect(world().assign('a', 'w-1', at(0) + 1)).rejects.toThrow('wears w-1 already');
    });

    it('ends with the discharge and with the device, which may come again', async () => {
      const { registry } = world();
      await world().addDevices('w-1', 'w-2');
      await world().admit({ patient: 'a' });
      await world().assign('a', 'w-1');
      await world().assign('a', 'w-2');
      world().passes(MINUTE_MS);
      await world().takeRecords();
      await registry.devices.remove(COMMAND_LINE, 'w-2');
      expect(await world().takeRecords()).toMatchObject([
        { key: 'a', change: 'device-unassigned', admission: { devices: [{ device: 'w-1' }] } },
      ]);
      await patients().discharge(NURSE, 'a');
      expect(await world().wearings('w-1')).toEqual(['a 0-1']);
      expect(await registry.devices.find('w-2')).toBeNull();
      await world().addDevices('w-2');
      expect(await world().wearings('w-2')).toEqual(['a 0-1']);
    });

    it('refuses what is not there, not admitted, not worn, or in another ward’s hands', async () => {
      const { registry } = world();
      await registry.wards.add(COMMAND_LINE, 'west', 'West');
      await world().addDevices('w-1');
      await world().admit({ patient: 'a' });
      await world().admit({ patient: 'b' }, 'west');
      await expect(world().assign('a', 'w-9')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(world().assign('c', 'w-1')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(patients().unassign(NURSE, 'a', 'w-1')).rejects.toThrow('a does not wear w-1');
      await world().assign('a', 'w-1');
      await expect(world().assign('b', 'w-1')).rejects.toThrow(
        'a patient of ward main wears w-1: it has to be taken off there first',
      );
      await patients().discharge(NURSE, 'a');
      await expect(world().assign('a', 'w-1')).rejects.toThrow('a is not admitted');
      await world().assign('b', 'w-1');
      expect(await registry.devices.list('west')).toMatchObject([{ device: 'w-1', patient: 'b' }]);
    });

    it('leaves nothing of an admission whose device cannot be put on', async () => {
      const device = { device: 'w-9', position: 'wrist', mode: 'continuous' } as const;
      const revision = await world().registry.revision();
      await world().takeRecords();
      await expect(world().admit({ patient: 'a', device })).rejects.toThrow(
        'there is no device w-9',
      );
      expect(await patients().find('a')).toBeNull();
      expect(await world().takeRecords()).toEqual([]);
      expect(await world().registry.revision()).toBe(revision);
      expect(await world().registry.audit.query({ subject: 'a' })).toEqual([]);
    });

    it('puts at most eight devices on a patient', async () => {
      const names = Array.from({ length: 9 }, (_, i) => `w-${i}`);
      await world().addDevices(...names);
      await world().admit({ patient: 'a' });
      for (const name of names.slice(0, 8)) await world().assign('a', name);
      await expect(world().assign('a', 'w-8')).rejects.toThrow('take one off first');
    });
  });
}
