import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { COMMAND_LINE, openDataFolder } from '@app/registry';
import { withRegistry } from '../registry/with-registry.js';
import { StationSession } from './station-session.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-session-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tokenOf = ({ cookie }: { cookie: string }) => cookie.split('=')[1] ?? '';

describe('StationSession', () => {
  it('sees every ward, changes nothing, and is over when it is closed', async () => {
    openDataFolder(folder, 'replay', 1);
    for (let time = 0; time < 2; time++) {
      const session = await StationSession.open(folder);
      const token = tokenOf(session.headersFor('http://127.0.0.1:8080'));
      await withRegistry(folder, async ({ sessions, people }) => {
        expect(await sessions.find(token)).toMatchObject({
          name: 'command line',
          role: 'viewer',
          wards: 'all',
        });
        await session.close();
        expect(await sessions.find(token)).toBeNull();
        expect(await people.list()).toMatchObject([{ active: false, hasPassword: false }]);
        expect(await people.hasAdministrator()).toBe(false);
      });
    }
  });

  it('names the cookie as the station does, with TLS and without', async () => {
    openDataFolder(folder, 'replay', 1);
    const session = await StationSession.open(folder);
    expect(session.headersFor('http://localhost:8080').cookie).toMatch(/^vigil_session=\S+$/);
    expect(session.headersFor('https://ward:8443').cookie).toMatch(/^__Host-vigil_session=\S+$/);
    await session.close();
  });

  it('is nobody who can sign in', async () => {
    openDataFolder(folder, 'replay', 1);
    await withRegistry(folder, async ({ people }) => {
      const person = await people.addProgram({ role: 'viewer', wards: ['main'] });
      await people.setPassword(COMMAND_LINE, person, 'correct horse battery');
      await expect(StationSession.open(folder)).rejects.toThrow('rename that person first');
      expect(await people.find(person)).toMatchObject({ wards: ['main'] });
    });
  });

  it('is refused in a folder that is none', async () => {
    await expect(StationSession.open(folder)).rejects.toThrow('vigil.json is missing');
  });
});
