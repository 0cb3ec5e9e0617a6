import { describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '../registry.js';
import { HOUR_MS, MINUTE_MS, NURSE, type RegistryWorld } from './registry-harness.js';

const PASSWORD = 'correct horse battery';
const DAY_MS = 24 * HOUR_MS;

export function describeSessions(world: () => RegistryWorld): void {
  const people = () => world().registry.people;
  const sessions = () => world().registry.sessions;
  const addNurse = () =>
    people().add(COMMAND_LINE, { name: 'Nia', role: 'nurse', wards: ['main'] });
  const openKiosk = async () => {
    const { token } = await people().add(COMMAND_LINE, {
      name: 'Wall',
      role: 'kiosk',
      wards: ['main'],
    });
    const opened = await sessions().openByLink(token, null);
    if (opened === null) throw new Error('the link did not open');
    return opened;
  };

  describe('sessions', () => {
    it('ends everybody’s, with all links', async () => {
      const { token } = await addNurse();
      const kiosk = await openKiosk();
      await sessions().endAll(COMMAND_LINE);
      expect(await sessions().find(kiosk.token)).toBeNull();
      expect(await sessions().linkHolder(token)).toBeNull();
      expect(await world().lastAudit()).toMatchObject({
        action: 'session.all-ended',
        role: 'command-line',
      });
    });

    it('opens once by a link, with a password that then is the person’s', async () => {
      const { person, token } = await addNurse();
      expect(await sessions().linkHolder(token)).toEqual({
        name: 'Nia',
        role: 'nurse',
        needsPassword: true,
      });
      const attempts = await Promise.all([
        sessions().openByLink(token, PASSWORD),
        sessions().openByLink(token, 'another good password'),
      ]);
      const opened = attempts.filter((attempt) => attempt !== null);
      expect(opened).toHaveLength(1);
      expect(opened[0]?.session).toEqual({
        person,
        name: 'Nia',
        role: 'nurse',
        wards: ['main'],
        emergency: [],
        acting: null,
        expiresMs: world().nowMs + 12 * HOUR_MS,
      });
      expect(await sessions().linkHolder(token)).toBeNull();
      expect(await sessions().openByLink(token, PASSWORD)).toBeNull();
      expect(await sessions().find(opened[0]?.token ?? '')).toEqual(opened[0]?.session);
      const actions = (await world().registry.audit.query({ person })).map(({ action }) => action);
      expect(actions).toEqual(['session.opened', 'person.password-set']);
    });

    it('knows no link that is renewed, too old, made up, or of somebody inactive', async () => {
      const { person, token } = await addNurse();
      const second = await people().link(COMMAND_LINE, person);
      expect(await sessions().linkHolder(token)).toBeNull();
      expect(await sessions().openByLink('x'.repeat(43), PASSWORD)).toBeNull();
      world().passes(72 * HOUR_MS - 1);
      expect(await sessions().linkHolder(second.token)).not.toBeNull();
      world().passes(1);
      expect(await sessions().openByLink(second.token, PASSWORD)).toBeNull();
      const third = await people().link(COMMAND_LINE, person);
      await people().change(COMMAND_LINE, person, { active: false });
      await people().change(COMMAND_LINE, person, { active: true });
      expect(await sessions().linkHolder(third.token)).toBeNull();
    });

    it('keeps only a hash of what opens it', async () => {
      const { token: link } = await addNurse();
      const opened = await sessions().openByLink(link, PASSWORD);
      const secrets = [
        ['sessions', opened?.token],
        ['links', link],
      ];
      for (const [table, secret] of secrets) {
        await world().execute(
          `INSERT INTO outbox (record_key, record) SELECT 'found', '{}' FROM ${table} WHERE token_hash = '${secret}'`,
        );
      }
      expect((await world().takeRecords()).map(({ key }) => key)).toEqual(['ward:main']);
    });

    it('lasts while it is used: a person twelve hours, a display ninety days', async () => {
      const nurse = await addNurse();
      await people().setPassword(COMMAND_LINE, nurse.person, PASSWORD);
      const { token } = await sessions().open(nurse.person);
      const wall = await openKiosk();
      for (let i = 0; i < 3; i++) {
        world().passes(11 * HOUR_MS);
        expect((await sessions().find(token))?.expiresMs).toBe(world().nowMs + 12 * HOUR_MS);
      }
      expect((await people().find(nurse.person))?.lastSeenMs).toBe(world().nowMs);
      world().passes(12 * HOUR_MS);
      expect(await sessions().find(token)).toBeNull();
      world().passes(85 * DAY_MS);
      expect((await sessions().find(wall.token))?.role).toBe('kiosk');
      world().passes(90 * DAY_MS);
      expect(await sessions().find(wall.token)).toBeNull();
      expect(await sessions().find('made up')).toBeNull();
    });

    it('has the role and the wards that its person has now, and ends with the person', async () => {
      const { person } = await addNurse();
      const { token } = await sessions().open(person);
      const other = await world().open();
      const before = await world().registry.revision();
      await other.people.change(COMMAND_LINE, person, { role: 'viewer', wards: [] });
      expect(await sessions().find(token)).toMatchObject({ role: 'viewer', wards: [] });
      expect(await world().registry.revision()).toBeGreaterThan(before);
      await other.people.change(COMMAND_LINE, person, { active: false });
      expect(await sessions().find(token)).toBeNull();
      await other.people.change(COMMAND_LINE, person, { active: true });
      expect(await sessions().find(token)).toBeNull();
    });

    it('ends when it is closed, and the others when the password is changed', async () => {
      const { person } = await addNurse();
      const [kept, other] = [await sessions().open(person), await sessions().open(person)];
      await people().setPassword(COMMAND_LINE, person, PASSWORD, kept.token);
      expect(await sessions().find(kept.token)).not.toBeNull();
      expect(await sessions().find(other.token)).toBeNull();
      await sessions().close(NURSE, kept.token);
      await sessions().close(NURSE, kept.token);
      expect(await sessions().find(kept.token)).toBeNull();
      expect(await world().registry.audit.query({ action: 'session.closed' })).toHaveLength(1);
    });

    it('keeps the twenty latest of one person', async () => {
      const { person } = await addNurse();
      const opened = [];
      for (let i = 0; i < 22; i++) {
        opened.push(await sessions().open(person));
        world().passes(1000);
      }
      const found = await Promise.all(opened.map(({ token }) => sessions().find(token)));
      expect(found.map((session) => session !== null)).toEqual([
        false,
        false,
        ...Array.from({ length: 20 }, () => true),
      ]);
    });

    it('lets a person act at a display for two minutes, with the role of the moment', async () => {
      const nurse = await addNurse();
      const { token } = await openKiosk();
      const untilMs = world().nowMs + 2 * MINUTE_MS;
      expect((await sessions().act(token, nurse.person)).acting).toEqual({
        person: nurse.person,
        name: 'Nia',
        role: 'nurse',
        wards: ['main'],
        untilMs,
      });
      expect(await world().lastAudit()).toMatchObject({
        action: 'session.acting',
        person: nurse.person,
      });
      await people().change(COMMAND_LINE, nurse.person, { role: 'viewer' });
      expect((await sessions().find(token))?.acting?.role).toBe('viewer');
      world().passes(2 * MINUTE_MS);
      expect((await sessions().find(token))?.acting).toBeNull();
      await sessions().act(token, nurse.person);
      expect((await sessions().act(token, null)).acting).toBeNull();
      await sessions().act(token, nurse.person);
      await people().change(COMMAND_LINE, nurse.person, { active: false });
      expect((await sessions().find(token))?.acting).toBeNull();
    });

    it('lets nobody act elsewhere, nor a display at a display', async () => {
      const nurse = await addNurse();
      const { token } = await sessions().open(nurse.person);
      await expect(sessions().act(token, nurse.person)).rejects.toThrow('only at a display');
      const wall = await openKiosk();
      await expect(sessions().act(wall.token, wall.session.person)).rejects.toThrow('cannot act');
      await expect(sessions().act('made up', nurse.person)).rejects.toThrow(
        'the session has ended',
      );
    });

    it('opens another ward for an hour, with a reason, in that ward’s audit', async () => {
      await world().registry.wards.add(COMMAND_LINE, 'west', 'West');
      const nurse = await addNurse();
      const { token } = await sessions().open(nurse.person);
      const actor = { person: nurse.person, name: 'Nia', role: 'nurse' } as const;
      const untilMs = world().nowMs + HOUR_MS;
      const open = (ward: string, reason: string) =>
        sessions().openWard(actor, token, ward, reason);
      expect((await open('west', 'cardiac arrest in bed 3')).emergency).toEqual([
        { ward: 'west', untilMs },
      ]);
      expect(await world().registry.audit.query({ ward: 'west', limit: 1 })).toMatchObject([
        { action: 'session.ward-opened', person: nurse.person, reason: 'cardiac arrest in bed 3' },
      ]);
      world().passes(HOUR_MS);
      expect((await sessions().find(token))?.emergency).toEqual([]);
      await expect(open('west', ' why ')).rejects.toThrow('the reason must have 5 to 200');
      await expect(open('none', 'cardiac arrest')).rejects.toThrow('there is no ward none');
    });
  });
}
