import { Station } from '../servers/station.js';
import { SimulatedWard } from './simulated-ward.js';

export const ROLES = ['broker', 'processor', 'alarms', 'history', 'gateway'] as const;
export type Role = (typeof ROLES)[number];

/** A ward whose station runs every role in a process of its own. */
export class WardOfRoles extends SimulatedWard {
  private readonly processes = new Map<Role, Station>();

  protected override async startServers(flags: readonly string[]): Promise<string> {
    // The first one makes the data folder.
    await this.startRole('gateway', flags);
    const others = ROLES.filter((role) => role !== 'gateway');
    // All of them: what started in spite of another's failure must be stopped too.
    const started = await Promise.allSettled(others.map((role) => this.startRole(role, flags)));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    return this.of('broker').brokerUrl;
  }

  protected override async stopServers(): Promise<void> {
    await Promise.all(
      [...this.processes.values()].map((station) => {
        station.process.kill('SIGCONT');
        return station.stop();
      }),
    );
  }

  override get url(): string {
    return this.of('gateway').httpUrl;
  }

  signalRole(role: Role, signal: NodeJS.Signals): void {
    this.of(role).process.kill(signal);
  }

  /** Starts a role that was killed, at the addresses that it had. */
  async restart(role: Role): Promise<void> {
    const { brokerUrl, httpUrl } = this.of(role);
    const mqtt = brokerUrl === '' ? [] : ['--mqtt-port', new URL(brokerUrl).port];
    await this.startRole(role, [...mqtt, '--http-port', new URL(httpUrl).port]);
  }

  private async startRole(role: Role, flags: readonly string[]): Promise<void> {
    this.processes.set(role, await Station.start(this.folder, ['--roles', role, ...flags]));
  }

  private of(role: Role): Station {
    const station = this.processes.get(role);
    if (station === undefined) throw new Error(`${role} was not started`);
    return station;
  }
}
