import { DEFAULT_WARD_LIMITS, type AlarmEvent, type EventRecord } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { runWard, type Scenario, type WearableScenario } from '@app/ward';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LatencyProbe } from '../bench/latency-probe.js';
import { PROVISIONED_WARD, provisionDevices } from '../devices/provision-devices.js';
import { replayJournal } from '../journal/replay-alarms.js';
import { withJournal } from '../journal/with-journal.js';
import { withRegistry } from '../registry/with-registry.js';
import { StationSession } from '../session/station-session.js';
import { StationProcess } from '../station/station-process.js';
import { AlarmWatch } from './alarm-watch.js';
import { type AlarmCourse, coursesOf } from './alarm-course.js';
import { ShiftClock } from './shift-clock.js';

/** What a shift has given. */
export interface ShiftRun {
  courses: AlarmCourse[];
  clock: ShiftClock;
  /** When a window's last sample was published, ms of `performance.now()`; key: `device/boot/window`. */
  publishedMs: ReadonlyMap<string, number>;
  /** From that to the event that brings the window's result, ms. */
  resultMs: number[];
  /** Windows that should have had a result. */
  windows: number;
  events: number;
  /** The alarm machine gave the same events once more, byte for byte. */
  isReplayEqual: boolean;
}

export interface RunShiftOptions {
  lastsSeconds: number;
  seed: number;
  /** After every second of the shift. */
  onSecond: () => void;
  signal: AbortSignal;
}

/** Lived and sent at once, so that the first numbers are soon there. */
const HEAD_START_SECONDS = 8;
const READY_WITHIN_MS = 60_000;
/** A result that has not come after so long is lost, however busy the machine. */
const LOST_AFTER_MS = 8000;

/** Lets the scenario happen in real time, over real MQTT, to a station of its own with an empty data folder. */
export async function runShift(scenario: Scenario, options: RunShiftOptions): Promise<ShiftRun> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-shift-'));
  try {
    const station = await StationProcess.start(
      ['--data', folder, '--origin', 'simulated', '--mqtt-port', '0', '--http-port', '0'],
      'ignore',
    );
    let seen: Live;
    try {
      await untilReady(station.addresses.httpUrl);
      seen = await live(folder, station, scenario, options);
    } finally {
      await station.stop();
    }
    const { events, differences } = await withJournal(folder, (journal) =>
      replayJournal(journal, 0, seen.endedAtMs),
    );
    const alarms = events
      .map((text) => JSON.parse(text) as EventRecord)
      .filter((event): event is AlarmEvent => event.type === 'alarm');
    return {
      ...seen,
      courses: coursesOf(alarms, seen.watch),
      events: events.length,
      isReplayEqual: differences.length === 0,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Live extends Pick<ShiftRun, 'clock' | 'publishedMs' | 'resultMs' | 'windows'> {
  watch: AlarmWatch;
  /** Wall clock at the end of the shift, before the wearables left. */
  endedAtMs: number;
}

async function live(
  folder: string,
  { addresses: { brokerUrl, httpUrl } }: StationProcess,
  scenario: Scenario,
  { lastsSeconds, seed, onSecond, signal }: RunShiftOptions,
): Promise<Live> {
  const secrets = await provisionDevices(folder, 'simulated', scenario.wearables);
  await setLimits(folder, scenario.wearables);
  const session = await StationSession.open(folder);
  const headers = session.headersFor(httpUrl);
  const watch = await AlarmWatch.open(httpUrl, PROVISIONED_WARD, headers);
  const probe = new LatencyProbe(httpUrl, PROVISIONED_WARD, headers);
  const clock = new ShiftClock(HEAD_START_SECONDS);
  const publishedMs = new Map<string, number>();
  let endedAtMs = Date.now();
  let seconds = HEAD_START_SECONDS;
  const faults = new Map(scenario.wearables.map((one) => [one.device, one.faults]));
  await runWard({
    url: brokerUrl,
    secretOf: (device) => secrets.get(device) ?? '',
    scenario,
    seed,
    bootPrefix: 'shift',
    headStartSeconds: HEAD_START_SECONDS,
    durationSeconds: lastsSeconds,
    drainMs: 500,
    signal,
    onTruth: ({ device, bootId, window }) => {
      publishedMs.set(`${device}/${bootId}/${window}`, performance.now());
      const endSeconds = 2 * window + 8;
      const isSent = !(faults.get(device) ?? []).some(
        ({ kind, fromSeconds, toSeconds = Infinity }) =>
          (kind === 'offline' || kind === 'silent') &&
          endSeconds > fromSeconds &&
          // a window that holds any of it comes late or never
          endSeconds - 8 < toSeconds,
      );
      if (isSent && endSeconds > HEAD_START_SECONDS) probe.publishing(device, bootId, window);
    },
    onSecond: (device, lived) => {
      clock.lived(device, lived, performance.now());
      if (lived < lastsSeconds) endedAtMs = Date.now();
      if (lived > seconds) {
        seconds = lived;
        onSecond();
      }
    },
  });
  const { published, latenciesMs } = probe.between(0, performance.now() - LOST_AFTER_MS);
  probe.close();
  watch.close();
  await session.close();
  return { clock, publishedMs, resultMs: latenciesMs, windows: published, watch, endedAtMs };
}

async function setLimits(folder: string, wearables: readonly WearableScenario[]): Promise<void> {
  await withRegistry(folder, async ({ patients }) => {
    for (const { patient, limits } of wearables) {
      if (limits === undefined) continue;
      await patients.setLimits(COMMAND_LINE, patient, { ...DEFAULT_WARD_LIMITS, ...limits });
    }
  });
}

/** Until every part answers, the processor's process included. */
async function untilReady(httpUrl: string): Promise<void> {
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(new URL('/health/ready', httpUrl));
    if (answer.ok) return;
    if (performance.now() > deadlineMs)
      throw new Error(`the station is not ready: ${await answer.text()}`);
    await sleep(200);
  }
}
