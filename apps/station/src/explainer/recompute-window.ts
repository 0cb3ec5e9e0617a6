import { type InputRecord, decodeFrame, decodeInput, partitionOf } from '@app/contracts';
import type { Journal, JournalRecord } from '@app/journal';
import { TICK_KEY } from '../platform/ticker.js';
import { answerWindows } from '../processor/answer-windows.js';
import { PartitionSessions } from '../processor/partition-sessions.js';
import type { AnsweringParts } from '../processor/pipeline-parts.js';
import type { ReadyWindow } from '../processor/ready-window.js';
import type { WindowAddress } from './explainer-messages.js';

/** Samples before the window that are gone through again, ms: 60 windows, its own 8 s, and the 5 s of a boot's beginning. */
const LOOK_BACK_MS = 133_000;
/** A live window is cut within this time of its end: 5 s for a gap, and as much again for a slow phone, ms. */
const LATEST_MS = 60_000;
/** Records of the partition looked at; a backlog may have come long after its samples were taken. */
const MOST_RECORDS = 100_000;
const PAGE = 1024;

/** A window as the processor had it before it asked the networks, its lane in the state in which it was then. */
export interface RecomputedWindow {
  ready: ReadyWindow;
  /** Windows of the lane that came before it. */
  replayedWindows: number;
}

/**
 * Goes through the device's frames before a window again, as the processor did: same order, same lane, same networks. Only
 * what lies further back is missing, so belief and network state begin without it.
 * @returns null when the journal does not hold the window's samples
 */
export async function recomputeWindow(
  address: WindowAddress,
  journal: Pick<Journal, 'partitions' | 'offsetAt' | 'read'>,
  parts: AnsweringParts,
): Promise<RecomputedWindow | null> {
  const sessions = new PartitionSessions(parts.metrics);
  let replayedWindows = 0;
  for await (const record of recordsAround(address, journal)) {
    const ready: ReadyWindow[] = [];
    accept(record, address, sessions, ready);
    for (const one of ready) {
      if (one.laneName !== address.lane || one.owner.bootId !== address.bootId) continue;
      if (one.window.window === address.window) return { ready: one, replayedWindows };
      await answerWindows([one], parts);
      replayedWindows++;
    }
  }
  return null;
}

function accept(
  record: JournalRecord,
  { device, patient }: WindowAddress,
  sessions: PartitionSessions,
  ready: ReadyWindow[],
): void {
  const input = inputOf(record, device);
  if (input?.type === 'tick') sessions.tick(input.atMs, ready);
  if (input?.type !== 'frame' || input.patient !== patient) return;
  const decoded = decodeFrame(input.frame);
  if (decoded.ok) sessions.take(decoded.frame, input, ready);
}

/** Ticks, and what the device sent; null for the records of others and for what cannot be read. */
function inputOf({ key, value }: JournalRecord, device: string): InputRecord | null {
  if (key !== device && key !== TICK_KEY) return null;
  try {
    return decodeInput(value);
  } catch {
    return null;
  }
}

async function* recordsAround(
  { device, lane, endMs }: WindowAddress,
  journal: Pick<Journal, 'partitions' | 'offsetAt' | 'read'>,
): AsyncGenerator<JournalRecord> {
  const partition = partitionOf(device, journal.partitions);
  let offset = await journal.offsetAt('frames', partition, endMs - LOOK_BACK_MS);
  for (let read = 0; read < MOST_RECORDS; read += PAGE) {
    const page = await journal.read('frames', partition, offset, PAGE);
    for (const record of page) {
      if (lane === 'live' && record.appendMs > endMs + LATEST_MS) return;
      yield record;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    offset = last.offset + 1;
  }
}
