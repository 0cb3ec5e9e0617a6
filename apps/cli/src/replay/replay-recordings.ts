import type { DeliveryFaults } from '@app/ward';
import type { DeviceToProvision } from '../devices/provision-devices.js';
import { playRecording, type PlayOptions } from './play-recording.js';
import type { Recording } from './recording-scan.js';
import { replayedBoot } from './replayed-boot.js';
import { scoredWindows, scoreOf, type Score, type ScoredWindow } from './score.js';
import { awaitResults, type ExpectedBoot } from './station-results.js';

/** The station that a replay speaks to. */
export interface ReplayTarget {
  httpUrl: string;
  brokerUrl: string;
  /** Of a session that sees the patients. */
  headers: Record<string, string>;
  /** Makes the devices known. @returns their secrets. */
  provision: (devices: readonly DeviceToProvision[]) => Promise<Map<string, string>>;
}

export interface ReplayRecordingsOptions extends ReplayTarget {
  speed: number;
  duplicate: DeliveryFaults['duplicate'];
  /** Frames overtake each other within so many seconds. */
  shuffle: number;
  seed: number;
  onPhase: (what: string, total: number) => void;
  onProgress: (done: number) => void;
  /** Something that a person may want to know, once. */
  onTrouble: (text: string) => void;
  signal: AbortSignal;
  /** Gives up when nothing is acknowledged, or no result comes, for so long, ms. Default 60 s. */
  patienceMs?: number;
}

export interface ReplayReport {
  /** Name of this replay. */
  run: string;
  speed: number | 'max';
  duplicate: number;
  shuffle: number;
  publishSeconds: number;
  /** Until the last result was stored. */
  seconds: number;
  recordings: ReplayedRecording[];
  /** Of all recordings with a reference, every window counted once. */
  total: Score;
  meanOfRecordingsMaeBpm: number | null;
  /** Windows whose samples were published and that have no result. */
  missingWindows: number;
}

export interface ReplayedRecording {
  name: string;
  sentFrames: number;
  /** Windows with a result. */
  results: number;
  expectedWindows: number;
  source: string | null;
  score: Score | null;
  /** Beside the reference, for comparison with another replay; empty without a reference. */
  windows: ScoredWindow[];
}

const PATIENCE_MS = 60_000;

/** Plays recordings in parallel, waits for their results and scores them. */
export async function replayRecordings(
  recordings: readonly Recording[],
  options: ReplayRecordingsOptions,
): Promise<ReplayReport> {
  const run = Date.now().toString(36);
  const boots = recordings.flatMap((recording) => recording.boots);
  const secrets = await options.provision(boots);
  const started = performance.now();
  const sent = await publishAll(recordings, secrets, run, options);
  const publishSeconds = (performance.now() - started) / 1000;

  const expected: ExpectedBoot[] = boots.map((boot) => ({
    ...boot,
    bootId: replayedBoot(boot.bootId, run),
  }));
  const total = expected.reduce((sum, boot) => sum + boot.lastWindow + 1, 0);
  options.onPhase('results', total);
  const results = await awaitResults(expected, {
    httpUrl: options.httpUrl,
    headers: options.headers,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  const seconds = (performance.now() - started) / 1000;

  const byBoot = new Map(boots.map((boot, i) => [boot, results[i] ?? []]));
  const replayed = recordings.map((recording, i) => {
    const windows = recording.reference
      ? scoredWindows(recording.reference.windows, byBoot.get(recording.boots[0]!) ?? [])
      : [];
    const sum = (of: (boot: Recording['boots'][number]) => number) =>
      recording.boots.reduce((all, boot) => all + of(boot), 0);
    return {
      name: recording.name,
      sentFrames: sent[i] ?? 0,
      results: sum((boot) => new Set(byBoot.get(boot)?.map((one) => one.window)).size),
      expectedWindows: sum((boot) => boot.lastWindow + 1),
      source: recording.reference?.source ?? null,
      score: recording.reference ? scoreOf(windows) : null,
      windows,
    };
  });
  const maes = replayed.flatMap(({ score }) => (score?.maeBpm == null ? [] : [score.maeBpm]));
  return {
    run,
    speed: Number.isFinite(options.speed) ? options.speed : 'max',
    duplicate: options.duplicate,
    shuffle: options.shuffle,
    publishSeconds,
    seconds,
    recordings: replayed,
    total: scoreOf(replayed.flatMap((one) => one.windows)),
    meanOfRecordingsMaeBpm:
      maes.length === 0 ? null : maes.reduce((all, mae) => all + mae, 0) / maes.length,
    missingWindows: replayed.reduce((all, one) => all + one.expectedWindows - one.results, 0),
  };
}

/** Resolves to the frames sent per recording when all are acknowledged; rejects when the station stays away. */
async function publishAll(
  recordings: readonly Recording[],
  secrets: ReadonlyMap<string, string>,
  run: string,
  options: ReplayRecordingsOptions,
): Promise<number[]> {
  options.onPhase(
    'publishing',
    recordings.reduce((sum, one) => sum + one.frames, 0),
  );
  const stopping = new AbortController();
  const signal = AbortSignal.any([options.signal, stopping.signal]);
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const troubles = new Set<string>();
  let published = 0;
  let movedMs = performance.now();
  const watchdog = setInterval(() => {
    if (performance.now() - movedMs < patienceMs) return;
    stopping.abort(
      new Error(
        `the station at ${options.brokerUrl} has taken no frame for ${patienceMs / 1000} s`,
      ),
    );
  }, 1000);
  const play: PlayOptions = {
    brokerUrl: options.brokerUrl,
    secretOf: (device) => secrets.get(device) ?? '',
    speed: options.speed,
    run,
    faults: { drop: 0, duplicate: options.duplicate, reorderSeconds: options.shuffle },
    seed: options.seed,
    onFrame: () => {
      movedMs = Math.max(movedMs, performance.now());
      options.onProgress(++published);
    },
    onPause: (waitMs) => {
      movedMs = Math.max(movedMs, performance.now() + waitMs);
    },
    onState: (device, state) => {
      if (state.state !== 'refused' && state.state !== 'offline') return;
      if (state.state === 'refused') {
        stopping.abort(new Error(`the station refused device ${device}: ${state.reason}`));
      }
      const text = `${state.state}: ${state.reason}`;
      if (!troubles.has(text)) options.onTrouble(`${device} ${text}`);
      troubles.add(text);
    },
    signal,
  };
  try {
    return await untilAborted(
      Promise.all(recordings.map((recording) => playRecording(recording, play))),
      signal,
    );
  } finally {
    clearInterval(watchdog);
    stopping.abort();
  }
}

/** The promise's value, or the signal's reason as soon as it is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted')),
      { once: true },
    );
    promise.then(resolve, reject);
  });
}
