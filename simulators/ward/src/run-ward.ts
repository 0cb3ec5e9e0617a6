import type { DownlinkListeners, PublisherState } from '@app/publisher';
import { NO_DELIVERY_FAULTS, type DeliveryFaults } from './delivery.js';
import type { Scenario } from './scenario.js';
import type { TruthWindow } from './truth.js';
import { WearableRun } from './wearable-run.js';

export interface RunWardOptions {
  /** The station's MQTT address. */
  url: string;
  /** Secret of a device. */
  secretOf: (device: string) => string;
  scenario: Scenario;
  seed: number;
  /** Start of the boot ids; must differ between runs against one data folder. */
  bootPrefix: string;
  /** Simulated seconds per second. Default 1; Infinity: as fast as the station takes them. */
  speed?: number;
  /** Seconds that every wearable has recorded before it connects, sent at once so that a screen soon has numbers. At most 8. */
  headStartSeconds?: number;
  /** Default: until the signal. Counts from the boot, head start included. */
  durationSeconds?: number;
  delivery?: Partial<DeliveryFaults>;
  /** All connections break at once, every so many seconds. */
  reconnectEverySeconds?: number;
  /** How long the end waits for acknowledgements, ms. Default 5000. */
  drainMs?: number;
  /** What each device is told; only what is listened to is subscribed. */
  listenersOf?: (device: string) => DownlinkListeners;
  onTruth?: (truth: TruthWindow) => void;
  onState?: (device: string, state: PublisherState) => void;
  /** After every simulated second of a wearable: how many it has lived. */
  onSecond?: (device: string, seconds: number) => void;
  signal?: AbortSignal;
}

export interface WardReport {
  wearables: number;
  /** Simulated, all wearables together. */
  wearableSeconds: number;
  /** Handed to the publishers, duplicates included. */
  frames: number;
  acknowledged: number;
  /** Still without an acknowledgement at the end. */
  waiting: number;
  dropped: number;
  duplicated: number;
  connections: number;
  sentBackfill: number;
}

/** Lets a ward live: one MQTT connection per wearable. Resolves when the time is over or the signal comes, after goodbyes. */
export async function runWard(options: RunWardOptions): Promise<WardReport> {
  const runs = options.scenario.wearables.map(
    (scenario) =>
      new WearableRun({
        scenario,
        url: options.url,
        secret: options.secretOf(scenario.device),
        seed: options.seed,
        bootPrefix: options.bootPrefix,
        speed: options.speed ?? 1,
        headStartSeconds: Math.min(8, options.headStartSeconds ?? 0),
        durationSeconds: options.durationSeconds ?? Infinity,
        delivery: { ...NO_DELIVERY_FAULTS, ...options.delivery },
        listeners: options.listenersOf?.(scenario.device) ?? {},
        onTruth: options.onTruth,
        onState: options.onState && ((state) => options.onState?.(scenario.device, state)),
        onSecond: options.onSecond && ((seconds) => options.onSecond?.(scenario.device, seconds)),
      }),
  );
  let aborted: (() => void) | undefined;
  const abortion = new Promise<void>((resolve) => (aborted = resolve));
  const stop = () => {
    runs.forEach((run) => run.stop());
    aborted?.();
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  const storms = options.reconnectEverySeconds
    ? setInterval(
        () => runs.forEach((run) => run.reconnect()),
        options.reconnectEverySeconds * 1000,
      )
    : undefined;
  try {
    // a run that waits for a station that is away does not hear the signal: leave it behind
    const all = Promise.all(runs.map((run) => run.run()));
    if (!options.signal?.aborted) await Promise.race([all, abortion]);
  } finally {
    clearInterval(storms);
    options.signal?.removeEventListener('abort', stop);
    stop();
    await Promise.all(runs.map((run) => run.close(options.drainMs ?? 5000)));
  }
  return reportOf(runs);
}

function reportOf(runs: WearableRun[]): WardReport {
  const report: WardReport = {
    wearables: runs.length,
    wearableSeconds: 0,
    frames: 0,
    acknowledged: 0,
    waiting: 0,
    dropped: 0,
    duplicated: 0,
    connections: 0,
    sentBackfill: 0,
  };
  for (const run of runs) {
    const counts = run.counts();
    report.wearableSeconds += run.seconds;
    report.frames += run.frames;
    report.acknowledged += counts.acknowledged;
    report.waiting += counts.waitingFrames;
    report.dropped += counts.dropped;
    report.duplicated += counts.duplicated;
    report.connections += counts.connections;
    report.sentBackfill += counts.sentBackfill;
  }
  return report;
}
