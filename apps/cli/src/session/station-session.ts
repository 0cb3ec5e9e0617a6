import { DEFAULT_WARD_LIMITS } from '@app/contracts';
import { COMMAND_LINE, openRegistry, type Registry } from '@app/registry';

/** Nobody can sign in under this name: it has no password, and is active only while a program of this machine uses it. */
const { name: NAME } = COMMAND_LINE;

/**
 * A program's own way in: a session from the registry of the station's data folder, which sees every ward and changes nothing.
 * Whoever can write that folder needs no password.
 */
export class StationSession {
  private constructor(
    private readonly registry: Registry,
    private readonly person: string,
    private readonly token: string,
  ) {}

  /** @throws DataFolderError when there is no such folder. */
  static async open(dataFolder: string): Promise<StationSession> {
    const registry = await openRegistry(dataFolder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
    try {
      const person = await activePerson(registry);
      const { token } = await registry.sessions.open(person);
      return new StationSession(registry, person, token);
    } catch (error) {
      await registry.close();
      throw error;
    }
  }

  /** To be sent with every request, and with the connection of a socket. */
  headersFor(stationUrl: string): { cookie: string } {
    const prefix = new URL(stationUrl).protocol === 'https:' ? '__Host-' : '';
    return { cookie: `${prefix}vigil_session=${this.token}` };
  }

  /** Ends it, and those that other programs have open. */
  async close(): Promise<void> {
    await this.registry.people.change(COMMAND_LINE, this.person, { active: false });
    await this.registry.close();
  }
}

async function activePerson({ people }: Registry): Promise<string> {
  const known = (await people.list()).find(({ name }) => name.toLowerCase() === NAME);
  if (known === undefined) return people.addProgram({ role: 'viewer', wards: 'all' });
  if (known.hasPassword) {
    throw new Error(
      `somebody signs in as ${known.name}, the name that is kept for programs of the station: rename that person first`,
    );
  }
  await people.change(COMMAND_LINE, known.person, { active: true, role: 'viewer', wards: 'all' });
  return known.person;
}
