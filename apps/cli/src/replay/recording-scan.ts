import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { NOBODY, decodeFrame, decodeInput, frameSeconds, type Frame } from '@app/contracts';
import { readExport } from '@app/journal';
import { referencePath, referenceSchema, type ReferenceFile } from '../convert/reference-file.js';

/** A file that cannot be replayed; the message names it. */
export class RecordingError extends Error {
  override name = 'RecordingError';
}

/** One frame of a recording, with the time at which it reached the station that recorded it. */
export interface RecordedFrame {
  frame: Frame;
  /** Whoever wore it, or nobody. */
  patient: string;
  receivedMs: number;
}

/** The frames of an export of the `frames` stream in their order; links and ticks are left out. */
export async function* recordedFrames(path: string): AsyncGenerator<RecordedFrame> {
  const { header, records } = await readExport(path);
  if (header.stream !== 'frames') {
    throw new RecordingError(
      `${path} holds the stream ${header.stream}; only frames can be replayed`,
    );
  }
  for await (const { value } of records) {
    const record = decodeInput(value);
    if (record.type !== 'frame') continue;
    const decoded = decodeFrame(record.frame);
    if (!decoded.ok) throw new RecordingError(`${path} holds a bad frame: ${decoded.reason}`);
    yield { frame: decoded.frame, patient: record.patient, receivedMs: record.receivedMs };
  }
}

/** One life of one device's clock in a recording. */
export interface RecordedBoot {
  device: string;
  /** Who wears the device in the replay, all of its boots: the first who did in the recording, or one of its name. */
  patient: string;
  bootId: string;
  /** Number of the last window that its frames can complete, -1 without one. */
  lastWindow: number;
}

export interface Recording {
  path: string;
  /** Of the file, without folder and ending. */
  name: string;
  frames: number;
  boots: RecordedBoot[];
  /** Of the only boot, where there is one. */
  reference: ReferenceFile | null;
}

const WINDOW_SECONDS = 8;
const STEP_SECONDS = 2;
/** Rounding of times, s. */
const TOLERANCE_SECONDS = 1e-3;

/** Reads a recording through once: what is in it, and that all of it is sound. */
export async function scanRecording(path: string): Promise<Recording> {
  if (!existsSync(path)) throw new RecordingError(`there is no file ${path}`);
  const boots = new Map<string, Omit<RecordedBoot, 'patient'>>();
  const wearers = new Map<string, string>();
  let frames = 0;
  for await (const { frame, patient } of recordedFrames(path)) {
    frames++;
    const { device, bootId } = frame;
    const key = `${device}/${bootId}`;
    if (patient !== NOBODY && !wearers.has(device)) wearers.set(device, patient);
    const boot = boots.get(key) ?? { device, bootId, lastWindow: -1 };
    const endSeconds = frame.monotonicUs / 1e6 + frameSeconds(frame);
    const complete = Math.floor((endSeconds - WINDOW_SECONDS + TOLERANCE_SECONDS) / STEP_SECONDS);
    boot.lastWindow = Math.max(boot.lastWindow, complete);
    boots.set(key, boot);
  }
  if (frames === 0) throw new RecordingError(`${path} holds no frame`);
  const reference = readReference(path);
  if (reference !== null && boots.size !== 1) {
    throw new RecordingError(`${path} has a reference but ${boots.size} devices or boots`);
  }
  return {
    path,
    name: basename(path, '.vigil'),
    frames,
    boots: [...boots.values()].map((boot) => ({
      ...boot,
      patient: wearers.get(boot.device) ?? boot.device,
    })),
    reference,
  };
}

function readReference(recording: string): ReferenceFile | null {
  const path = referencePath(recording);
  if (!existsSync(path)) return null;
  const parsed = referenceSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new RecordingError(`${path} is not a reference: ${parsed.error.message}`);
  return parsed.data;
}

/** Throws when two recordings would speak for the same device. */
export function requireDistinct(recordings: readonly Recording[]): void {
  const owners = new Map<string, string>();
  for (const { path, boots } of recordings) {
    for (const device of new Set(boots.map((boot) => boot.device))) {
      const owner = owners.get(device);
      if (owner !== undefined)
        throw new RecordingError(`device ${device} is in ${owner} and in ${path}`);
      owners.set(device, path);
    }
  }
}
