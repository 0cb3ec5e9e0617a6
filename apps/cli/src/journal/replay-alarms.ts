import { AlarmMachine } from '@app/alarms';
import {
  type EventRecord,
  decodeEventRecord,
  decodeWardRecord,
  encodeRecord,
} from '@app/contracts';
import type { Journal, JournalRecord, StreamName } from '@app/journal';
import { withJournal } from './with-journal.js';

export interface ReplayAlarmsOptions {
  data: string;
  /** Of the events, ms since 1970. */
  from?: number;
  to?: number;
  json?: true;
}

const PAGE = 2_000;
const decoder = new TextDecoder();

/** What a replay of one journal has given beside what was recorded. */
export interface AlarmReplay {
  /** In the order of each partition, as JSON. */
  events: string[];
  /** The first difference of each partition that has one. */
  differences: { partition: number; replayed: string | null; recorded: string | null }[];
  /** Partitions whose first records retention has dropped: what began before them is not known. */
  cutShort: number[];
}

/**
 * `vigil journal replay`: the alarm machine once more over what `ward` holds, compared with `events` byte for byte.
 * @throws when they differ.
 */
export async function replayAlarms({ data, from, to, json }: ReplayAlarmsOptions): Promise<void> {
  const replay = await withJournal(data, (journal) => replayJournal(journal, from, to));
  for (const event of replay.events)
    process.stdout.write(`${json === true ? event : line(JSON.parse(event) as EventRecord)}\n`);
  const { differences, cutShort } = replay;
  if (cutShort.length > 0)
    process.stderr.write(
      `partitions ${cutShort.join(', ')} begin in the middle: what was raised before is not known\n`,
    );
  for (const { partition, replayed, recorded } of differences)
    process.stderr.write(
      `partition ${partition} differs\n  replayed: ${replayed ?? 'nothing'}\n  recorded: ${recorded ?? 'nothing'}\n`,
    );
  if (differences.length > 0) throw new Error('the replay differs from what was recorded');
  process.stderr.write(`${replay.events.length} events, byte for byte as recorded\n`);
}

export async function replayJournal(
  journal: Journal,
  fromMs = Number.NEGATIVE_INFINITY,
  toMs = Number.POSITIVE_INFINITY,
): Promise<AlarmReplay> {
  const replay: AlarmReplay = { events: [], differences: [], cutShort: [] };
  const isInRange = (event: EventRecord) =>
    event.type !== 'progress' && event.atMs >= fromMs && event.atMs < toMs;
  const recorded = await recordedEvents(journal);
  const bounds = await journal.bounds('ward');
  for (let partition = 0; partition < journal.partitions; partition++) {
    if ((bounds[partition]?.oldest ?? 0) > 0) replay.cutShort.push(partition);
    const replayed = await replayedEvents(journal, partition, recorded.worked[partition] ?? null);
    // After a crash the machine says some things again: the same bytes.
    const theirs = [...new Set(textsOf((recorded.events[partition] ?? []).filter(isInRange)))];
    const worked = textsOf(replayed.worked.filter(isInRange));
    // What comes after the last tick the machine may have come to, or not yet.
    const after = textsOf(replayed.after.filter(isInRange));
    const ours = [...worked, ...after].slice(0, Math.max(worked.length, theirs.length));
    replay.events.push(...ours);
    const at = Array.from({ length: Math.max(ours.length, theirs.length) }).findIndex(
      (_, i) => ours[i] !== theirs[i],
    );
    if (at >= 0)
      replay.differences.push({
        partition,
        replayed: ours[at] ?? null,
        recorded: theirs[at] ?? null,
      });
  }
  return replay;
}

/** Events by partition, and how far the machine of each partition of `ward` has come, by its last word. */
async function recordedEvents(
  journal: Journal,
): Promise<{ events: EventRecord[][]; worked: (number | null)[] }> {
  const events: EventRecord[][] = [];
  const worked: (number | null)[] = [];
  for (let partition = 0; partition < journal.partitions; partition++) {
    const own: EventRecord[] = [];
    for await (const { value } of recordsOf(journal, 'events', partition)) {
      const event = decodeEventRecord(value);
      if (event.type !== 'progress') own.push(event);
      else worked[event.partition] = Math.max(worked[event.partition] ?? 0, event.tickMs);
    }
    events.push(own);
  }
  return { events, worked };
}

/**
 * The machine over a partition: events up to the tick that it had worked through, and those that come after it, before the
 * next one; nothing when it never ran.
 */
async function replayedEvents(
  journal: Journal,
  partition: number,
  workedMs: number | null,
): Promise<{ worked: EventRecord[]; after: EventRecord[] }> {
  const events: { worked: EventRecord[]; after: EventRecord[] } = { worked: [], after: [] };
  if (workedMs === null) return events;
  const machine = new AlarmMachine();
  for await (const { value } of recordsOf(journal, 'ward', partition)) {
    const record = decodeWardRecord(value);
    if (record.type === 'tick' && record.atMs > workedMs) break;
    events.after.push(...machine.apply(record));
    if (record.type === 'tick') events.worked.push(...events.after.splice(0));
  }
  return events;
}

async function* recordsOf(
  journal: Journal,
  stream: StreamName,
  partition: number,
): AsyncGenerator<JournalRecord> {
  const { oldest, next } = (await journal.bounds(stream))[partition] ?? { oldest: 0, next: 0 };
  for (let offset = oldest; offset < next;) {
    const records = await journal.read(stream, partition, offset, PAGE);
    if (records.length === 0) return;
    yield* records;
    offset = (records.at(-1)?.offset ?? next) + 1;
  }
}

function textsOf(events: readonly EventRecord[]): string[] {
  return events.map((event) => decoder.decode(encodeRecord(event)));
}

function line(event: EventRecord): string {
  if (event.type === 'progress' || event.type === 'canary') return '';
  const at = `${new Date(event.atMs).toISOString()}  ${event.patient}  `;
  switch (event.type) {
    case 'alarm':
      return `${at}${event.rule} ${event.change}: ${event.text}`;
    case 'audio':
      return `${at}audio ${event.audio}: ${event.because}`;
    case 'limit':
      return `${at}upper limit ${event.heartRateHighBpm ?? 'off'}: ${event.because}`;
    case 'returned':
      return `${at}back on the ward`;
  }
}
