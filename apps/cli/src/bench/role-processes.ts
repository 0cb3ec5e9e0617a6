import { StationProcess } from '../station/station-process.js';
import { type Scrape, scrape } from './process-metrics.js';

export const BENCH_ROLES = ['broker', 'processor', 'alarms', 'history', 'gateway'] as const;
export type BenchRole = (typeof BENCH_ROLES)[number];

/** Every role of a station in a process of its own, so that each one's cost is its process's. */
export class RoleProcesses {
  private constructor(private readonly stations: ReadonlyMap<BenchRole, StationProcess>) {}

  static async start(dataFolder: string): Promise<RoleProcesses> {
    const stations = new Map<BenchRole, StationProcess>();
    try {
      for (const role of BENCH_ROLES) {
        const flags = [
          '--data',
          dataFolder,
          '--origin',
          'simulated',
          '--roles',
          role,
          '--mqtt-port',
          '0',
          '--http-port',
          '0',
        ];
        stations.set(role, await StationProcess.start(flags, 'ignore'));
      }
    } catch (error) {
      await Promise.all([...stations.values()].map((station) => station.stop()));
      throw error;
    }
    return new RoleProcesses(stations);
  }

  get brokerUrl(): string {
    return this.of('broker').addresses.brokerUrl;
  }

  get gatewayUrl(): string {
    return this.of('gateway').addresses.httpUrl;
  }

  async scrape(): Promise<Map<BenchRole, Scrape>> {
    const scrapes = BENCH_ROLES.map(async (role): Promise<[BenchRole, Scrape]> => [
      role,
      await scrape(this.of(role).addresses.httpUrl),
    ]);
    return new Map(await Promise.all(scrapes));
  }

  async stop(): Promise<void> {
    for (const role of BENCH_ROLES.toReversed()) await this.of(role).stop();
  }

  private of(role: BenchRole): StationProcess {
    const station = this.stations.get(role);
    if (station === undefined) throw new Error(`no process for the role ${role}`);
    return station;
  }
}
