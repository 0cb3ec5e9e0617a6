import { describe, expect, it } from '@jest/globals';
import { DeviceDirectory } from '../device-directory.js';
import { COMMAND_LINE } from '../registry.js';
import { NURSE, type RegistryWorld } from './registry-harness.js';

export function describeDevices(world: () => RegistryWorld): void {
  const devices = () => world().registry.devices;

  describe('devices', () => {
    it('verifies the secret that it gave out, again and again, and no other', async () => {
      const { secret } = await devices().add(COMMAND_LINE, 'main', 'w-1');
      for (let i = 0; i < 3; i++) {
        expect(await devices().verify('w-1', secret)).toMatchObject({
          device: 'w-1',
          origin: 'simulated',
          ward: 'main',
          wearings: [],
        });
        expect(await devices().verify('w-1', `${secret}x`)).toBeNull();
        expect(await devices().verify('w-2', secret)).toBeNull();
      }
      expect(await devices().verify('w-1', 'x'.repeat(10_000))).toBeNull();
    });

    it('knows a secret no more once it is renewed, nor a device that is removed, whoever did it', async () => {
      const { secret } = await devices().add(COMMAND_LINE, 'main', 'w-1');
      await devices().verify('w-1', secret);
      const other = await world().open();
      const renewed = await other.devices.renew(COMMAND_LINE, 'w-1');
      expect(await devices().verify('w-1', secret)).toBeNull();
      expect(await devices().verify('w-1', renewed.secret)).not.toBeNull();
      await other.devices.remove(COMMAND_LINE, 'w-1');
      expect(await devices().verify('w-1', renewed.secret)).toBeNull();
      await expect(devices().renew(NURSE, 'w-1')).rejects.toThrow('there is no device w-1');
      await expect(devices().remove(NURSE, 'w-1')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('verifies a whole ward that reconnects without hashing again', async () => {
      const { secret } = await devices().add(COMMAND_LINE, 'main', 'w-1');
      await devices().verify('w-1', secret);
      const before = process.cpuUsage();
      for (let i = 0; i < 200; i++) expect(await devices().verify('w-1', secret)).not.toBeNull();
      const { user, system } = process.cpuUsage(before);
      // two hundred hashes cost about 2 s; the bound leaves room for a slow machine
      expect((user + system) / 1e6).toBeLessThan(1.2);
    });

    it('lists by name, with who wears each', async () => {
      await world().addDevices('b', 'a');
      const { patient } = await world().admit();
      await world().assign(patient, 'b');
      const common = { origin: 'simulated', ward: 'main', addedMs: world().nowMs };
      expect(await devices().list()).toEqual([
        { device: 'a', ...common, patient: null },
        { device: 'b', ...common, patient },
      ]);
      expect(await devices().list('none')).toEqual([]);
    });

    it('refuses a name twice, a name that is none and a ward that is none', async () => {
      await world().addDevices('a');
      await expect(devices().add(NURSE, 'main', 'a')).rejects.toThrow('device a exists already');
      await expect(devices().add(NURSE, 'main', 'a/b')).rejects.toThrow('cannot be a device');
      await expect(devices().add(NURSE, 'none', 'b')).rejects.toThrow('there is no ward none');
    });

    it('keeps a directory that sees every change, whoever made it', async () => {
      const directory = new DeviceDirectory(world().registry);
      const other = await world().open();
      const wearers = async () =>
        (await directory.current('w-1'))?.wearings.map(({ patient, toMs }) => [patient, toMs]);
      expect(await directory.current('w-1')).toBeNull();
      await other.devices.add(COMMAND_LINE, 'main', 'w-1');
      expect(await wearers()).toEqual([]);
      for (const patient of ['a', 'b']) await world().admit({ patient });
      for (let i = 0; i < 20; i++) {
        const patient = i % 2 === 0 ? 'a' : 'b';
        const place = { device: 'w-1', position: 'wrist', mode: 'continuous' } as const;
        await other.patients.assign(NURSE, patient, place);
        expect((await wearers())?.at(-1)).toEqual([patient, null]);
      }
      const known = await directory.current('w-1');
      expect(await directory.current('w-1')).toBe(known);
    });
  });
}
