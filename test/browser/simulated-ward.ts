import { DEFAULT_WARD_LIMITS, type PersonRole } from '@app/contracts';
import { COMMAND_LINE, type Registry, openRegistry } from '@app/registry';
import { type Scenario, runWard, scenarioSchema } from '@app/ward';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { provisionDevices } from '../../apps/cli/src/devices/provision-devices.js';
import { signedIn } from '../integration/signed-in.js';
import { Station } from '../servers/station.js';
import type { Screen, TestBrowser } from './browser.js';

/** Heart rates at rest; patient P-01 has the first. The last one's climbs past the limit of 120, and not past 140. */
export const AT_REST_BPM = [64, 88, 55, 72, 60, 79, 68, 75, 58, 83, 70];
export const CLIMBING = 'P-12';
/** How the wall names them: bed and label. */
export const PLACES = [...AT_REST_BPM, 84].map((_, i) => `${i + 1} · ${labelOf(i)}`);
export const CLIMBING_PLACE = '12 · L12';
export const PATIENTS = [...AT_REST_BPM, 84].map((_, i) => `P-${String(i + 1).padStart(2, '0')}`);

function labelOf(i: number): string {
  return `L${i + 1}`;
}

/** Twelve patients; with `climbing`, the last one's heart rate rises and alarms within about half a minute. */
export function scenarioOf({ climbing }: { climbing: boolean }): Scenario {
  const rise = [
    { atSeconds: 0, activity: 'rest', heartRateBpm: 84 },
    { atSeconds: 9, activity: 'rest', heartRateBpm: 132 },
  ];
  return scenarioSchema.parse({
    wearables: PATIENTS.map((patient, i) => ({
      device: `watch-${i + 1}`,
      patient,
      label: labelOf(i),
      bed: String(i + 1),
      timeline:
        patient === CLIMBING && climbing
          ? rise
          : [{ atSeconds: 0, activity: 'rest', heartRateBpm: AT_REST_BPM[i] ?? 84 }],
    })),
  });
}

/** A built station with simulated wearables, on a folder of its own. */
export class SimulatedWard {
  readonly folder = mkdtempSync(join(tmpdir(), 'vigil-browser-'));
  private readonly leave = new AbortController();
  private running: Promise<unknown> = Promise.resolve();
  private current: Station | null = null;

  /** @param flags @param environment for the station */
  async start(
    scenario: Scenario,
    flags: readonly string[] = [],
    environment: Record<string, string> = {},
  ): Promise<void> {
    const all = ['--origin', 'simulated', ...flags];
    const brokerUrl = await this.startServers(all, environment);
    const secrets = await provisionDevices(this.folder, 'simulated', scenario.wearables);
    this.running = runWard({
      url: brokerUrl,
      secretOf: (device) => secrets.get(device) ?? '',
      scenario,
      seed: 7,
      bootPrefix: 'browser',
      headStartSeconds: 8,
      signal: this.leave.signal,
      drainMs: 500,
    });
  }

  /** @returns where the wearables send to */
  protected async startServers(
    flags: readonly string[],
    environment: Record<string, string>,
  ): Promise<string> {
    this.current = await Station.start(this.folder, flags, environment);
    return this.current.brokerUrl;
  }

  protected async stopServers(): Promise<void> {
    await this.current?.stop();
  }

  get station(): Station {
    if (this.current === null) throw new Error('the station was not started');
    return this.current;
  }

  get url(): string {
    return this.station.httpUrl;
  }

  address(patient: string): string {
    return new URL(`/patients/${patient}`, this.url).href;
  }

  /** A link by which somebody of that role signs in, once. */
  async linkOf(name: string, role: PersonRole): Promise<string> {
    const { token } = await this.registry(({ people }) =>
      people.add(COMMAND_LINE, { name, role, wards: ['main'] }),
    );
    return new URL(`/sign-in#${token}`, this.url).href;
  }

  /** A screen where somebody has signed in before. */
  async screen(
    browser: TestBrowser,
    options: BrowserContextOptions = {},
    name = 'Noor',
    role: PersonRole = 'nurse',
  ): Promise<Screen> {
    const { token } = await this.registry((registry) => signedIn(registry, role, ['main'], name));
    const screen = await browser.screen(options);
    await screen.page
      .context()
      .addCookies([
        { name: 'vigil_session', value: token, url: this.url, httpOnly: true, sameSite: 'Strict' },
      ]);
    return screen;
  }

  /** What a person could do by the command line. */
  async registry<T>(action: (registry: Registry) => Promise<T>): Promise<T> {
    const registry = await openRegistry(this.folder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
    try {
      return await action(registry);
    } finally {
      await registry.close();
    }
  }

  /** Kills the station as a power cut would, and starts it again at the same addresses after a while. */
  async killAndRestart(afterMs: number): Promise<void> {
    const ports = [this.station.brokerUrl, this.station.httpUrl].map((url) => new URL(url).port);
    await this.station.stop('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const [mqtt = '', http = ''] = ports;
    this.current = await Station.start(this.folder, ['--mqtt-port', mqtt, '--http-port', http]);
  }

  signal(name: NodeJS.Signals): void {
    this.station.process.kill(name);
  }

  /** To the processor processes, which the station has forked. */
  signalProcessors(name: NodeJS.Signals): void {
    for (const processor of this.station.processors()) process.kill(processor, name);
  }

  /** All wearables fall silent and leave. */
  async silence(): Promise<void> {
    this.leave.abort();
    await this.running;
  }

  async stop(): Promise<void> {
    await this.silence();
    await this.stopServers();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
