import type { ArrivedFrame } from '../wearer-placement.js';
import type { WornSpan } from '../wearer-at.js';
import { seededRandom } from './seeded-order.js';

/** How a made-up device behaves. */
export interface WearableHabits {
  /** `sent`: notes when a frame leaves. `wall`: tells only its wall clock. `nothing`: neither. */
  tells: 'sent' | 'wall' | 'nothing';
  /** How wrong its wall clock is, ms; null: it has none. Another one after a reboot when `resetsClock`. */
  wallErrorMs: number | null;
  resetsClock: boolean;
  /** Longest time that a frame is on its way, ms. */
  longestDelayMs: number;
  /** Frames overtake each other by so many places. */
  shuffled: number;
  /** Part of the time without a connection, 0 to 1. */
  away: number;
  reboots: number;
}

/** A frame, when its samples were truly taken, and whether its boot was heard while it ran. */
export interface TrueArrival {
  frame: ArrivedFrame;
  trueFromMs: number;
  trueToMs: number;
}

const START_MS = 1_700_000_000_000;
const LIVE_AGE_MS = 10_000;

/** Two hours and less of one device: what it sends, when that arrives, and who wears it. A function of the seed. */
export function wearableWorld(
  seed: number,
  habits: WearableHabits,
): { arrivals: TrueArrival[]; spans: WornSpan[] } {
  const random = seededRandom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const lengthMs = between(120_000, 1_800_000);
  const boots = bootsOf(habits, lengthMs, between);
  const connections = connectionsOf(habits, boots, lengthMs, between);
  const arrivals: TrueArrival[] = [];
  const waiting: Sampled[] = [];
  /** Of frames that are sent once more. */
  const stamps = new Map<Sampled, number | null>();
  const frames = boots.flatMap((boot) => sampled(boot, between));
  let next = 0;
  for (const { fromMs, toMs, boot, baseDelayMs } of connections) {
    let lastMs = fromMs;
    const send = (one: Sampled, atMs: number): number | null => {
      const delay = baseDelayMs + random() * random() * random() * habits.longestDelayMs;
      // one way, one order
      lastMs = Math.max(lastMs, atMs + delay);
      const isOwn = one.boot === boot;
      const isLive = isOwn && atMs - one.toMs <= LIVE_AGE_MS;
      const isRepeated = stamps.has(one);
      const fresh = habits.tells === 'sent' && isOwn ? monotonic(boot, atMs) : null;
      const stamp = isRepeated ? stamps.get(one)! : fresh;
      arrivals.push({
        trueFromMs: one.fromMs,
        trueToMs: one.toMs,
        frame: {
          bootId: one.boot.bootId,
          lane: isLive ? 'live' : 'backfill',
          startMs: monotonic(one.boot, one.fromMs),
          endMs: monotonic(one.boot, one.toMs),
          sentMs: stamp,
          wallMs:
            habits.tells === 'nothing' || one.boot.wallErrorMs === null
              ? null
              : one.fromMs + one.boot.wallErrorMs,
          receivedMs: lastMs,
          connectedMs: fromMs,
          isRepeated,
        },
      });
      return stamp;
    };
    for (let atMs = fromMs + between(1, 300); atMs < toMs; atMs += between(20, 120)) {
      while (next < frames.length && frames[next]!.toMs <= atMs) waiting.push(frames[next++]!);
      const at = nextToSend(waiting, boot, atMs);
      const [one] = waiting.splice(at, 1);
      if (one === undefined) continue;
      const stamp = send(one, atMs);
      // its acknowledgement is lost, and the library sends it again, as it was
      if (random() < 0.02 && !stamps.has(one)) {
        stamps.set(one, stamp);
        waiting.splice(at, 0, one);
      }
    }
  }
  return {
    arrivals: shuffled(arrivals, habits.shuffled, random),
    spans: spansOf(lengthMs, between),
  };
}

/** The oldest that is live, else the oldest. */
function nextToSend(waiting: readonly Sampled[], boot: Boot, atMs: number): number {
  let at = waiting.length;
  while (at > 0 && waiting[at - 1]!.boot === boot && atMs - waiting[at - 1]!.toMs <= LIVE_AGE_MS)
    at--;
  return at < waiting.length ? at : 0;
}

interface Boot {
  bootId: string;
  fromMs: number;
  toMs: number;
  /** Of the device's clock against the station's. */
  pace: number;
  /** What its clock showed at its start, ms. */
  firstMs: number;
  wallErrorMs: number | null;
}

interface Sampled {
  boot: Boot;
  fromMs: number;
  toMs: number;
}

type Between = (low: number, high: number) => number;

function monotonic(boot: Boot, trueMs: number): number {
  return boot.firstMs + (trueMs - boot.fromMs) * boot.pace;
}

function bootsOf(habits: WearableHabits, lengthMs: number, between: Between): Boot[] {
  const boots: Boot[] = [];
  let fromMs = START_MS + between(0, 1000);
  for (let i = 0; i <= habits.reboots; i++) {
    const toMs =
      i === habits.reboots
        ? START_MS + lengthMs
        : Math.min(START_MS + lengthMs, fromMs + between(5_000, lengthMs / (habits.reboots + 1)));
    const { wallErrorMs } = habits;
    const error = i > 0 && habits.resetsClock ? between(-1e8, 1e8) : wallErrorMs;
    boots.push({
      bootId: `boot-${i}`,
      fromMs,
      toMs,
      pace: 1 + between(-50e-6, 50e-6),
      firstMs: between(0, 5000),
      wallErrorMs: wallErrorMs === null ? null : error,
    });
    fromMs = toMs + between(0, 20_000);
  }
  return boots.filter((boot) => boot.toMs > boot.fromMs);
}

function sampled(boot: Boot, between: Between): Sampled[] {
  const frames: Sampled[] = [];
  const lengthMs = between(250, 3000);
  for (let atMs = boot.fromMs; atMs + lengthMs <= boot.toMs; atMs += lengthMs)
    frames.push({ boot, fromMs: atMs, toMs: atMs + lengthMs });
  return frames;
}

/** When the device is connected, and which boot it is then. */
function connectionsOf(
  habits: WearableHabits,
  boots: readonly Boot[],
  lengthMs: number,
  between: Between,
): { fromMs: number; toMs: number; boot: Boot; baseDelayMs: number }[] {
  const connections = [];
  for (const boot of boots) {
    let fromMs = boot.fromMs + between(0, 2 * habits.away * 60_000);
    // the last boot goes on until everything has been sent
    const endMs = boot === boots.at(-1) ? START_MS + lengthMs + 600_000 : boot.toMs;
    while (fromMs < endMs) {
      const toMs = Math.min(endMs, fromMs + between(500, 300_000));
      connections.push({ fromMs, toMs, boot, baseDelayMs: between(2, 300) });
      fromMs = toMs + 10 + between(0, 600_000 * habits.away);
    }
  }
  return connections;
}

function spansOf(lengthMs: number, between: Between): WornSpan[] {
  const spans: WornSpan[] = [];
  let fromMs = START_MS + between(-1e6, lengthMs);
  const count = Math.floor(between(1, 6));
  for (let i = 0; i < count; i++) {
    const toMs = fromMs + between(200, lengthMs);
    spans.push({ patient: `p-${i % 3}`, fromMs, toMs: i === count - 1 ? null : toMs });
    fromMs = toMs + (between(0, 1) < 0.5 ? 0 : between(0, 60_000));
  }
  return spans;
}

function shuffled(arrivals: TrueArrival[], places: number, random: () => number): TrueArrival[] {
  if (places === 0) return arrivals;
  const moved = arrivals
    .map((one, i) => ({ one, at: i + random() * places }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
  // what overtakes comes no earlier than it was sent, and what is overtaken comes later
  let nowMs = -Infinity;
  return moved.map((one) => {
    nowMs = Math.max(nowMs, one.frame.receivedMs);
    return { ...one, frame: { ...one.frame, receivedMs: nowMs } };
  });
}
