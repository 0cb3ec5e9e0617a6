import { describe, expect, it } from '@jest/globals';
import { NAME_PATTERN } from '@app/contracts';
import { COMMAND_LINE } from '../registry.js';
import { LIMITS, MINUTE_MS, NURSE, type RegistryWorld } from './registry-harness.js';

export function describePatients(world: () => RegistryWorld): void {
  const patients = () => world().registry.patients;

  describe('patients', () => {
    it('admits under a random pseudonym; the name stays inside', async () => {
      await world().registry.wards.addBed(COMMAND_LINE, 'main', '1');
      await world().takeRecords();
      const record = await world().admit({
        name: '  Ada Lovelace ',
        birthDate: '1948-03-27',
        hospitalNumber: '123',
        bed: '1',
      });
      expect(record.patient).toMatch(/^p-[2-9a-hjkmnp-tv-z]{6}$/);
      expect(record.patient).toMatch(NAME_PATTERN);
      const admission = {
        ward: 'main',
        bed: '1',
        label: 'A. L.',
        admittedMs: world().nowMs,
        offWard: null,
        devices: [],
      };
      expect(record).toEqual({
        patient: record.patient,
        origin: 'simulated',
        identity: { name: 'Ada Lovelace', birthDate: '1948-03-27', hospitalNumber: '123' },
        admission,
        dischargedMs: null,
        limits: null,
      });
      expect(await patients().find(record.patient)).toEqual(record);
      expect(await patients().inWard('main')).toEqual([record]);
      const records = await world().takeRecords();
      expect(records).toEqual([
        {
          key: record.patient,
          type: 'admission',
          patient: record.patient,
          origin: 'simulated',
          change: 'admitted',
          admission,
          by: 'Nia',
          atMs: world().nowMs,
        },
      ]);
      expect(JSON.stringify(records)).not.toContain('Lovelace');
      expect(await world().lastAudit()).toMatchObject({
        action: 'patient.admitted',
        ward: 'main',
        subject: record.patient,
        after: { name: 'Ada Lovelace', bed: '1' },
      });
    });

    it('lays one patient into a bed', async () => {
      await world().registry.wards.addBed(COMMAND_LINE, 'main', '1');
      const first = await world().admit({ bed: '1' });
      const second = await world().admit();
      for (const attempt of [
        () => world().admit({ bed: '1' }),
        () => patients().transfer(NURSE, second.patient, 'main', '1'),
      ]) {
        await expect(attempt()).rejects.toMatchObject({
          kind: 'conflict',
          message: `${first.patient} lies in bed 1 of ward main: choose another bed, or move ${first.patient} first`,
        });
      }
      await expect(world().admit({ bed: '7' })).rejects.toMatchObject({ kind: 'not-found' });
      await expect(world().admit({}, 'none')).rejects.toMatchObject({ kind: 'not-found' });
      expect(await patients().inWard('main')).toHaveLength(2);
    });

    it.each([
      [{ name: ' ' }, 'the name must have 1 to 80 characters'],
      [{ name: 'a\tb' }, 'the name must not have line breaks or control characters'],
      [{ label: '' }, 'what the wall shows must have'],
      [{ birthDate: '1948-02-30' }, 'a birth date must be a day'],
      [{ birthDate: 'yesterday' }, 'a birth date must be a day'],
      [{ hospitalNumber: 'x'.repeat(41) }, 'the hospital number must have'],
      [{ patient: 'ward:main' }, 'cannot be a pseudonym'],
    ])('refuses %j', async (request, message) => {
      await expect(world().admit(request)).rejects.toThrow(message);
      expect(await patients().inWard('main')).toEqual([]);
    });

    it('keeps the pseudonym of who comes again, and none of the limits of the stay before', async () => {
      const about = { birthDate: '1948-03-27', hospitalNumber: '123' };
      const { patient } = await world().admit({ patient: 'p-1', ...about });
      await expect(world().admit({ patient })).rejects.toThrow('is admitted to ward main already');
      await patients().setLimits(NURSE, patient, { ...LIMITS, heartRateHighBpm: 100 });
      world().passes(MINUTE_MS);
      await world().takeRecords();
      await patients().discharge(NURSE, patient);
      expect(await world().takeRecords()).toMatchObject([
        { key: patient, type: 'limits', limits: null },
        { key: patient, type: 'admission', change: 'discharged', admission: null },
      ]);
      expect(await patients().find(patient)).toMatchObject({
        admission: null,
        dischargedMs: world().nowMs,
        limits: null,
      });
      expect(await patients().wardOf(patient)).toBe('main');
      await expect(patients().discharge(NURSE, patient)).rejects.toThrow('is not admitted');
      world().passes(MINUTE_MS);
      await world().registry.wards.add(COMMAND_LINE, 'west', 'West');
      const again = await world().admit({ patient, label: 'Ada' }, 'west');
      expect(again).toMatchObject({
        patient,
        identity: { name: 'Ada Lovelace', ...about },
        admission: { ward: 'west', admittedMs: world().nowMs },
        dischargedMs: null,
      });
      expect(await patients().wardOf(patient)).toBe('west');
      expect(await patients().inWard('main')).toEqual([]);
      expect(await world().lastAudit()).toMatchObject({
        action: 'patient.admitted',
        before: { name: 'Ada Lovelace', ...about, label: 'A. L.' },
        after: { name: 'Ada Lovelace', ...about, label: 'Ada' },
      });
    });

    it('does not make somebody else of who comes again; fills in what was not known', async () => {
      const { patient } = await world().admit({ patient: 'p-1' });
      await patients().discharge(NURSE, patient);
      const birthDate = '1948-03-27';
      await expect(world().admit({ patient, name: 'Grace' })).rejects.toMatchObject({
        kind: 'conflict',
        message:
          'p-1 is known under another name: correct the identity of the patient first, or admit without a pseudonym',
      });
      await world().admit({ patient, birthDate, hospitalNumber: '7' });
      await patients().discharge(NURSE, patient);
      await expect(world().admit({ patient, birthDate: '1950-01-01' })).rejects.toThrow(
        'is known with another birth date: correct',
      );
      expect(await patients().find(patient)).toMatchObject({
        identity: { name: 'Ada Lovelace', birthDate, hospitalNumber: '7' },
        admission: null,
      });
    });

    it('transfers with what is worn; both wards find it in their audit', async () => {
      const { registry } = world();
      await registry.wards.add(COMMAND_LINE, 'west', 'West');
      await registry.wards.addBed(COMMAND_LINE, 'west', '3');
      await world().addDevices('w-1');
      const { patient, admission } = await world().admit();
      await world().assign(patient, 'w-1');
      world().passes(MINUTE_MS);
      await world().takeRecords();
      const moved = await patients().transfer(NURSE, patient, 'west', '3');
      expect(moved).toMatchObject({
        ward: 'west',
        bed: '3',
        admittedMs: admission?.admittedMs,
        devices: [{ device: 'w-1' }],
      });
      expect(await world().takeRecords()).toMatchObject([
        { key: patient, change: 'transferred', admission: moved },
      ]);
      expect(await registry.devices.list('west')).toMatchObject([{ device: 'w-1', patient }]);
      for (const ward of ['main', 'west']) {
        expect(await registry.audit.query({ ward, action: 'patient.transferred' })).toMatchObject([
          { subject: patient, before: { ward: 'main' }, after: { ward: 'west' } },
        ]);
      }
      await patients().transfer(NURSE, patient, 'west', '3');
      expect(await world().takeRecords()).toEqual([]);
    });

    it('knows who is off ward, since when and why', async () => {
      const { patient } = await world().admit();
      await world().takeRecords();
      const since = world().nowMs;
      await patients().leaveWard(NURSE, patient, ' X-ray ');
      world().passes(MINUTE_MS);
      expect((await patients().leaveWard(NURSE, patient, 'shower')).offWard).toEqual({
        reason: 'shower',
        sinceMs: since,
      });
      expect((await patients().return(NURSE, patient)).offWard).toBeNull();
      await patients().return(NURSE, patient);
      expect(
        (await world().takeRecords()).map((record) => 'change' in record && record.change),
      ).toEqual(['off-ward', 'off-ward', 'returned']);
      await expect(patients().leaveWard(NURSE, patient, '')).rejects.toThrow(
        'the reason must have',
      );
      await expect(patients().return(NURSE, 'p-none')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('keeps limits of the patient’s own, and says them to the journal', async () => {
      const { patient } = await world().admit();
      await world().takeRecords();
      const own = { ...LIMITS, heartRateHighBpm: 100 };
      await patients().setLimits(NURSE, patient, own);
      expect((await patients().find(patient))?.limits).toEqual(own);
      await patients().setLimits(NURSE, patient, null);
      expect((await patients().find(patient))?.limits).toBeNull();
      expect(await world().takeRecords()).toMatchObject([
        { key: patient, type: 'limits', patient, limits: own, by: 'Nia' },
        { key: patient, type: 'limits', patient, limits: null },
      ]);
      expect(await world().lastAudit()).toMatchObject({ before: own, after: null, ward: 'main' });
      const wrong = { ...LIMITS, heartRateHighBpm: 20 };
      await expect(patients().setLimits(NURSE, patient, wrong)).rejects.toThrow('at least 30 BPM');
    });

    it('changes who somebody is; a wall learns the label only', async () => {
      const { patient } = await world().admit();
      await world().takeRecords();
      const identity = { name: 'Grace', birthDate: null, hospitalNumber: '', label: 'G.' };
      await patients().setIdentity(NURSE, patient, identity);
      expect(await patients().find(patient)).toMatchObject({
        identity: { name: 'Grace', birthDate: null, hospitalNumber: null },
        admission: { label: 'G.' },
      });
      const [record] = await world().takeRecords();
      expect(record).toMatchObject({ change: 'identity-changed', admission: { label: 'G.' } });
      expect(JSON.stringify(record)).not.toContain('Grace');
      expect(await world().lastAudit()).toMatchObject({
        before: { name: 'Ada Lovelace', label: 'A. L.' },
        after: { name: 'Grace', label: 'G.' },
      });
    });
  });
}
