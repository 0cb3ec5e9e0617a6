import { COMMAND_LINE, openRegistry, readDataFolder, type Registry } from '@app/registry';

/**
 * A program's own way in: a session from the registry of the station's data folder, which sees every ward and changes nothing.
 * Whoever can write that folder needs no password.
 */
export class StationSession {
  private constructor(
    private readonly registry: Registry,
    private readonly token: string,
  ) {}

  static async open(dataFolder: string): Promise<StationSession> {
    readDataFolder(dataFolder);
    const registry = await openRegistry(dataFolder);
    try {
      const { token } = await registry.sessions.open(COMMAND_LINE.person);
      return new StationSession(registry, token);
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

  async close(): Promise<void> {
    await this.registry.sessions.close(COMMAND_LINE, this.token);
    await this.registry.close();
  }
}
