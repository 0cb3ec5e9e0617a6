import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { HOUR_MS, type RegistryWorld } from './registry-harness.js';

const PASSWORD = 'correct horse battery';

export function describePeople(world: () => RegistryWorld): void {
  const people = () => world().registry.people;
  const addAdministrator = async () => {
    const request = { name: 'Ann', role: 'administrator', wards: 'all' } as const;
    const link = await people().add(COMMAND_LINE, request);
    await world().registry.sessions.openByLink(link.token, PASSWORD);
    return link.person;
  };

  describe('people', () => {
    it('signs in by name and password, however the name is written, and never otherwise', async () => {
      const person = await addAdministrator();
      expect(await people().verify(' ANN ', PASSWORD)).toMatchObject({
        person,
        name: 'Ann',
        role: 'administrator',
        wards: 'all',
        active: true,
        hasPassword: true,
      });
      expect(await people().verify('Ann', `${PASSWORD}!`)).toBeNull();
      expect(await people().verify('Bob', PASSWORD)).toBeNull();
      expect(await people().verify('Ann', 'x'.repeat(100_000))).toBeNull();
      expect(await people().hasAdministrator()).toBe(true);
    });

    it('takes as long for a name that is none as for one that is', async () => {
      await addAdministrator();
      const costOf = async (name: string) => {
        const before = process.cpuUsage();
        await people().verify(name, 'wrong wrong wrong');
        return process.cpuUsage(before).user;
      };
      await costOf('Ann');
      const [known, unknown] = [await costOf('Ann'), await costOf('Nobody')];
      // without a decoy an unknown name costs a hundredth
      expect(unknown).toBeGreaterThan(known / 5);
    });

    it('gives whoever has no password, or is inactive, no way in', async () => {
      const nurse = await people().add(COMMAND_LINE, {
        name: 'Nia',
        role: 'nurse',
        wards: ['main'],
      });
      expect(await people().verify('Nia', '')).toBeNull();
      expect(await people().verify('Nia', PASSWORD)).toBeNull();
      await people().setPassword(COMMAND_LINE, nurse.person, PASSWORD);
      expect(await people().verify('Nia', PASSWORD)).not.toBeNull();
      await people().change(COMMAND_LINE, nurse.person, { active: false });
      expect(await people().verify('Nia', PASSWORD)).toBeNull();
      await expect(people().link(COMMAND_LINE, nurse.person)).rejects.toThrow('Nia is inactive');
      await people().change(COMMAND_LINE, nurse.person, { active: true });
      expect(await people().verify('Nia', PASSWORD)).not.toBeNull();
    });

    it.each([
      ['short', 'a password must have 10 to 200 characters'],
      ['x'.repeat(201), 'a password must have 10 to 200 characters'],
      ['Password123', 'one of the first that are tried'],
      ['aaaaaaaaaaaa', 'one of the first that are tried'],
      ['florence Nightingale', 'must not be the name'],
    ])('refuses the password %j', async (password, message) => {
      const request = { name: 'Florence Nightingale', role: 'nurse', wards: ['main'] } as const;
      const { person, token } = await people().add(COMMAND_LINE, { ...request, wards: ['main'] });
      await expect(people().setPassword(COMMAND_LINE, person, password)).rejects.toThrow(message);
      const { sessions } = world().registry;
      await expect(sessions.openByLink(token, password)).rejects.toThrow(message);
      // the link is not used up by a refusal
      expect(await sessions.linkHolder(token)).not.toBeNull();
    });

    it('keeps one administrator who can sign in', async () => {
      const ann = await addAdministrator();
      const only = 'Ann is the only administrator who can sign in';
      await expect(people().change(COMMAND_LINE, ann, { role: 'nurse' })).rejects.toThrow(only);
      await expect(people().change(COMMAND_LINE, ann, { active: false })).rejects.toThrow(only);
      const bob = await people().add(COMMAND_LINE, {
        name: 'Bob',
        role: 'administrator',
        wards: 'all',
      });
      // Bob has not signed in yet
      await expect(people().change(COMMAND_LINE, ann, { active: false })).rejects.toThrow(only);
      await people().setPassword(COMMAND_LINE, bob.person, PASSWORD);
      const changed = await people().change(COMMAND_LINE, ann, { role: 'nurse', wards: ['main'] });
      expect(changed).toMatchObject({ role: 'nurse', wards: ['main'] });
    });

    it('refuses names twice, wards that are none, and displays that become people', async () => {
      await people().add(COMMAND_LINE, { name: 'Wall', role: 'kiosk', wards: ['main'] });
      const nia = { name: 'Nia', role: 'nurse', wards: ['main'] as string[] } as const;
      await people().add(COMMAND_LINE, nia);
      await expect(people().add(COMMAND_LINE, { ...nia, name: 'NIA' })).rejects.toThrow('already');
      await expect(people().add(COMMAND_LINE, { ...nia, name: 'B', wards: ['x'] })).rejects.toThrow(
        'there is no ward x',
      );
      const wall = (await people().list()).find(({ role }) => role === 'kiosk');
      await expect(
        people().change(COMMAND_LINE, wall?.person ?? '', { role: 'nurse' }),
      ).rejects.toThrow('cannot become each other');
      await expect(
        people().setPassword(COMMAND_LINE, wall?.person ?? '', PASSWORD),
      ).rejects.toThrow('a display has no password');
      await expect(people().change(COMMAND_LINE, 'u-none', {})).rejects.toMatchObject({
        kind: 'not-found',
      });
      expect((await people().list()).map(({ name }) => name)).toEqual(['Nia', 'Wall']);
    });

    it('keeps the name of the station’s programs for them', async () => {
      const nurse = { role: 'nurse', wards: ['main'] as string[] } as const;
      for (const name of ['command line', ' Command  LINE ']) {
        await expect(people().add(COMMAND_LINE, { ...nurse, name })).rejects.toMatchObject({
          kind: 'conflict',
          message: 'the name command line is kept for programs of the station: choose another name',
        });
      }
      const nia = await people().add(COMMAND_LINE, { ...nurse, name: 'Nia' });
      const renamed = people().change(COMMAND_LINE, nia.person, { name: 'Command line' });
      await expect(renamed).rejects.toThrow('is kept for programs');
      const program = await people().addProgram({ role: 'viewer', wards: 'all' });
      expect(await people().find(program)).toMatchObject({
        name: 'command line',
        hasPassword: false,
      });
      await people().change(COMMAND_LINE, program, { active: false });
    });

    it('gives the first administrator a day, everybody else three', async () => {
      const first = await people().add(COMMAND_LINE, {
        name: 'A',
        role: 'administrator',
        wards: 'all',
      });
      expect(first.expiresMs).toBe(world().nowMs + 24 * HOUR_MS);
      await world().registry.sessions.openByLink(first.token, PASSWORD);
      const next = await people().add(COMMAND_LINE, {
        name: 'B',
        role: 'administrator',
        wards: 'all',
      });
      expect(next.expiresMs).toBe(world().nowMs + 72 * HOUR_MS);
    });

    it('writes down who changed whom, and no secret', async () => {
      const { person, token } = await people().add(COMMAND_LINE, {
        name: 'N',
        role: 'nurse',
        wards: [],
      });
      await people().setPassword(COMMAND_LINE, person, PASSWORD);
      await people().change(COMMAND_LINE, person, { role: 'charge-nurse', wards: ['main'] });
      const audit = await world().registry.audit.query({ subject: person });
      expect(audit.map(({ action }) => action)).toEqual([
        'person.changed',
        'person.password-set',
        'person.added',
      ]);
      expect(audit[0]).toMatchObject({
        before: { role: 'nurse' },
        after: { role: 'charge-nurse' },
      });
      expect(JSON.stringify(audit)).not.toContain(PASSWORD);
      expect(JSON.stringify(audit)).not.toContain(token);
    });
  });
}
