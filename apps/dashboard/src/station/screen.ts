import type { CanaryHealth, Heartbeat, Snapshot, Update } from '@app/contracts';
import type { Clocks } from '../clocks.js';
import { THRESHOLDS } from '../thresholds.js';
import { type Evidence, remembering } from './liveness.js';
import { type ServerClock, UNKNOWN_CLOCK, answered } from './server-clock.js';
import { type Ward, updated, wardOf } from './ward.js';

/** All that the screen knows, and what it needs in order to judge whether that may be believed. */
export interface Screen {
  readonly evidence: Evidence;
  readonly clock: ServerClock;
  /** Id of the ward that is looked at; null: none. */
  readonly place: string | null;
  readonly ward: Ward | null;
  readonly notices: readonly string[];
  /** As the station last told; null: it has none, or nothing is known. */
  readonly canary: CanaryHealth | null;
  /** Station's clock when this screen first heard of the canary, ms; null while it has not. */
  readonly canarySinceMs: number | null;
  /** The socket says that it is connected: a hint, never a proof. */
  readonly linked: boolean;
  /** When the snapshot that is still on its way was asked for, ms, monotonic. */
  readonly askedMs: number | null;
  /** When the connection was last opened anew, ms, monotonic. */
  readonly reopenedMs: number;
  /** When the station was last asked for its time, ms, monotonic. */
  readonly questionMs: number;
  /** When anything last happened here, ms, monotonic: a long time before the next means that the page stood still. */
  readonly awakeMs: number;
  /** Wall clock minus monotonic clock at the last tick, ms: a jump means that the machine slept. */
  readonly wallOffsetMs: number;
}

export type Happening =
  | { type: 'linked' }
  | { type: 'unlinked' }
  | { type: 'heartbeat'; message: Heartbeat }
  /** The station's answer to a question of `askedMs`. */
  | { type: 'answer'; serverMs: number; askedMs: number }
  /** The answer to a request of `askedMs`. */
  | { type: 'snapshot'; message: Snapshot; askedMs: number }
  | { type: 'update'; message: Update }
  /** The tab became visible, or was thawed: until then nobody saw whether it was drawn at all. */
  | { type: 'shown' }
  /** Another ward is looked at; null: none, and nothing has to be awaited. */
  | { type: 'moved'; ward: string | null }
  /** The ward that is looked at is closed to this session: nothing of it stays, and it is not live. */
  | { type: 'closed' }
  | { type: 'tick' };

/** What the screen asks of its connection: the ward's snapshot, a new connection, or the station's time. */
export type Wish = 'watch' | 'reopen' | 'ask-time' | null;

export interface Step {
  readonly screen: Screen;
  readonly wish: Wish;
}

export function newScreen(now: Clocks, place: string | null): Screen {
  return {
    evidence: {
      openedMs: now.monotonicMs,
      heartbeat: null,
      provenMs: null,
      liveUntilMs: null,
      distrustedSinceMs: place === null ? null : now.monotonicMs,
      distrustBlanks: true,
    },
    clock: UNKNOWN_CLOCK,
    place,
    ward: null,
    notices: [],
    canary: null,
    canarySinceMs: null,
    linked: false,
    askedMs: null,
    reopenedMs: now.monotonicMs,
    questionMs: -Infinity,
    awakeMs: now.monotonicMs,
    wallOffsetMs: now.wallMs - now.monotonicMs,
  };
}

/** Pure: the same happenings at the same times give the same screen. */
export function step(before: Screen, happening: Happening, now: Clocks): Step {
  const stood = now.monotonicMs - before.awakeMs > THRESHOLDS.stoodStill.value;
  const awake = { ...before, awakeMs: now.monotonicMs };
  const { screen, wish } = after(stood ? thawed(awake, now) : awake, happening, now);
  const evidence = remembering(screen.evidence, now.monotonicMs);
  return { screen: { ...screen, evidence }, wish };
}

function after(screen: Screen, happening: Happening, now: Clocks): Step {
  switch (happening.type) {
    case 'linked':
      return ask(distrust({ ...screen, linked: true }, false, now), now);
    case 'unlinked':
      return still(distrust({ ...screen, linked: false, askedMs: null }, false, now));
    case 'heartbeat':
      // Asked here too: the ticks of a tab in the background come seldom.
      return askTime(heardHeartbeat(screen, happening.message, now), now);
    case 'answer':
      return still(proven(screen, happening.serverMs, happening.askedMs, now));
    case 'snapshot':
      return still(trusted(screen, happening.message, happening.askedMs, now));
    case 'update':
      return apply(screen, happening.message, now);
    case 'shown':
      return ask(distrust(screen, true, now), now);
    case 'moved':
      return moved(screen, happening.ward, now);
    case 'closed':
      // As if asked just now: the station is asked later, in case it sees this differently.
      return still({ ...moved(screen, screen.place, now).screen, askedMs: now.monotonicMs });
    case 'tick':
      return tick(screen, now);
  }
}

function moved(screen: Screen, place: string | null, now: Clocks): Step {
  const left = { ...screen, place, ward: null, askedMs: null };
  const evidence = { ...screen.evidence, distrustedSinceMs: null, distrustBlanks: false };
  return ask(distrust({ ...left, evidence }, true, now), now);
}

function still(screen: Screen): Step {
  return { screen, wish: null };
}

function ask(screen: Screen, now: Clocks): Step {
  if (!screen.linked || screen.place === null) return still(screen);
  return { screen: { ...screen, askedMs: now.monotonicMs }, wish: 'watch' };
}

function askTime(screen: Screen, now: Clocks): Step {
  const isDue = now.monotonicMs - screen.questionMs >= THRESHOLDS.askEvery.value;
  if (!screen.linked || !isDue) return still(screen);
  return { screen: { ...screen, questionMs: now.monotonicMs }, wish: 'ask-time' };
}

/** The page stood still. What it has asked before says nothing of now, and its connection gets the time to prove itself. */
function thawed(screen: Screen, now: Clocks): Screen {
  return distrust({ ...screen, askedMs: null, reopenedMs: now.monotonicMs }, true, now);
}

/** The earliest doubt counts, the strictest consequence applies. */
function distrust(screen: Screen, blanks: boolean, now: Clocks): Screen {
  const { evidence } = screen;
  // Nothing is shown that could be doubted.
  if (screen.place === null) return screen;
  return {
    ...screen,
    evidence: {
      ...evidence,
      distrustedSinceMs: evidence.distrustedSinceMs ?? now.monotonicMs,
      distrustBlanks: blanks || (evidence.distrustedSinceMs !== null && evidence.distrustBlanks),
    },
  };
}

function heardHeartbeat(screen: Screen, message: Heartbeat, now: Clocks): Screen {
  return {
    ...screen,
    notices: message.notices,
    canary: message.canary,
    canarySinceMs: message.canary === null ? null : (screen.canarySinceMs ?? message.serverMs),
    evidence: { ...screen.evidence, heartbeat: { message, heardMs: now.monotonicMs } },
  };
}

function proven(screen: Screen, serverMs: number, askedMs: number, now: Clocks): Screen {
  const { evidence } = screen;
  const provenMs = Math.max(evidence.provenMs ?? askedMs, askedMs);
  return {
    ...screen,
    clock: answered(screen.clock, serverMs, askedMs, now.monotonicMs),
    evidence: { ...evidence, provenMs },
  };
}

function trusted(screen: Screen, message: Snapshot, askedMs: number, now: Clocks): Screen {
  if (askedMs !== screen.askedMs) return screen;
  const { evidence, ...rest } = proven(screen, message.serverMs, askedMs, now);
  return {
    ...rest,
    ward: wardOf(message),
    askedMs: null,
    evidence: { ...evidence, distrustedSinceMs: null, distrustBlanks: false },
  };
}

function apply(screen: Screen, message: Update, now: Clocks): Step {
  if (screen.ward === null) return still(screen);
  const result = updated(screen.ward, message);
  switch (result.outcome) {
    case 'applied':
      return still({ ...screen, ward: result.ward });
    case 'old':
      return still(screen);
    case 'missed':
      return screen.askedMs === null ? ask(distrust(screen, false, now), now) : still(screen);
  }
}

function tick(screen: Screen, now: Clocks): Step {
  const wallOffsetMs = now.wallMs - now.monotonicMs;
  if (Math.abs(wallOffsetMs - screen.wallOffsetMs) > THRESHOLDS.clockJump.value) {
    return ask(distrust({ ...screen, wallOffsetMs }, true, now), now);
  }
  const current = { ...screen, wallOffsetMs };
  const { evidence, reopenedMs, askedMs } = current;
  const aliveMs = Math.min(
    evidence.heartbeat?.heardMs ?? -Infinity,
    evidence.provenMs ?? -Infinity,
  );
  if (now.monotonicMs - Math.max(aliveMs, reopenedMs) > THRESHOLDS.reconnectAfter.value) {
    return { screen: { ...current, reopenedMs: now.monotonicMs }, wish: 'reopen' };
  }
  const unanswered =
    askedMs === null || now.monotonicMs - askedMs > THRESHOLDS.snapshotWithin.value;
  const isDoubted = evidence.distrustedSinceMs !== null && unanswered;
  return isDoubted && current.linked ? ask(current, now) : askTime(current, now);
}
