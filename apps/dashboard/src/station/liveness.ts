import type { Heartbeat } from '@app/contracts';
import { THRESHOLDS } from '../thresholds.js';

/** What may have stopped between a patient and this screen. */
export type LostPart = 'connection' | 'snapshot' | 'processor' | 'alarms';

export type Liveness =
  /** Fresh values are on their way: the page was just opened, shown again, or slept. Nothing is shown meanwhile. */
  | { state: 'waiting' }
  | { state: 'live' }
  | {
      state: 'not-live';
      /** Never empty. */
      parts: readonly LostPart[];
      /** The last moment that was surely live, on the page's monotonic clock, ms; null: it never was. */
      sinceMs: number | null;
      /** No number may be shown any more. */
      blank: boolean;
      /** For so long that a ward display says it aloud. */
      overdue: boolean;
    };

/** What the page has seen so far. Times are on the page's monotonic clock, ms. */
export interface Evidence {
  openedMs: number;
  /** The last heartbeat, and when it came. */
  heartbeat: { message: Heartbeat; heardMs: number } | null;
  /**
   * When the last question was asked that the station has answered: all that came before the answer is no older. A network that
   * holds back heartbeats, or a page that stood still and finds them waiting, cannot make it look later than it was.
   */
  provenMs: number | null;
  /** The last moment that was surely live; null: there was none. */
  liveUntilMs: number | null;
  /**
   * Since when the shown state cannot be trusted: nothing arrived yet, the connection broke, an update was missed, the tab
   * was hidden, the machine slept. Null once a snapshot has arrived after all that.
   */
  distrustedSinceMs: number | null;
  /** The shown numbers must not be seen until that snapshot: the screen itself may have stood still. */
  distrustBlanks: boolean;
}

/**
 * Whether the screen may be believed now. The age of the connection counts from the last question that was answered. The age of
 * a part's progress is the station's own (its clock against its tick), plus the time since that heartbeat, up to one
 * heartbeat's period: a late heartbeat is a fault of the connection, not of the part.
 */
export function livenessOf(evidence: Evidence, nowMs: number): Liveness {
  const { liveUntilMs } = evidence;
  const ages = agesOf(evidence, nowMs);
  const lost = [...ages].filter(([part, age]) => age > limitMs(part)).map(([part]) => part);
  const waiting = isWaiting(evidence);
  if (lost.length === 0) return { state: waiting ? 'waiting' : 'live' };
  // Without a connection nothing is known of the rest; without a snapshot the heartbeats still are.
  const parts: readonly LostPart[] = lost.includes('connection') ? ['connection'] : lost;
  const stoodMs = nowMs - Math.max(...parts.map((part) => ages.get(part) ?? 0));
  // What lags by a constant time would be old for ever and never older: it counts from when the screen was live.
  const overdue = nowMs - (liveUntilMs ?? stoodMs) > THRESHOLDS.blankAfter.value;
  return {
    state: 'not-live',
    parts,
    sinceMs: liveUntilMs ?? (neverRan(evidence, parts) ? null : stoodMs),
    blank: waiting || overdue,
    overdue,
  };
}

/** The evidence with the last moment that was surely live. To be asked for after every happening. */
export function remembering(evidence: Evidence, nowMs: number): Evidence {
  if (livenessOf(evidence, nowMs).state !== 'live') return evidence;
  return { ...evidence, liveUntilMs: nowMs - Math.max(...agesOf(evidence, nowMs).values()) };
}

/** How old the last proof of each part is, ms. */
function agesOf(evidence: Evidence, nowMs: number): Map<LostPart, number> {
  const { heartbeat, openedMs, provenMs, distrustedSinceMs } = evidence;
  const ages = new Map<LostPart, number>();
  const heardMs = heartbeat?.heardMs ?? openedMs;
  ages.set('connection', nowMs - Math.min(heardMs, provenMs ?? openedMs));
  if (distrustedSinceMs !== null) ages.set('snapshot', nowMs - distrustedSinceMs);
  if (heartbeat === null) return ages;
  const { serverMs, processorMs, alarmsMs } = heartbeat.message;
  const since = Math.min(nowMs - heardMs, THRESHOLDS.heartbeatPeriod.value);
  // A tick of the future is from before the station's clock was set back: it proves nothing now.
  const age = (tickMs: number | null) =>
    tickMs === null ? nowMs - openedMs : Math.abs(serverMs - tickMs) + since;
  return ages.set('processor', age(processorMs)).set('alarms', age(alarmsMs));
}

/** Nothing may be shown before the first proof, nor while the screen itself may have stood still. */
function isWaiting({ heartbeat, provenMs, distrustedSinceMs, distrustBlanks }: Evidence): boolean {
  const unproven = heartbeat === null || provenMs === null;
  return unproven || (distrustedSinceMs !== null && distrustBlanks);
}

function limitMs(part: LostPart): number {
  return part === 'snapshot' ? THRESHOLDS.snapshotWithin.value : THRESHOLDS.notLiveAfter.value;
}

function neverRan({ heartbeat, provenMs }: Evidence, parts: readonly LostPart[]): boolean {
  if (heartbeat === null || provenMs === null) return true;
  const { processorMs, alarmsMs } = heartbeat.message;
  return (
    (parts.includes('processor') && processorMs === null) ||
    (parts.includes('alarms') && alarmsMs === null)
  );
}

/** How far what is shown may be believed: `old` is drawn grey, `blank` not at all. */
export type Trust = 'live' | 'old' | 'blank';

export function trustOf(liveness: Liveness): Trust {
  switch (liveness.state) {
    case 'live':
      return 'live';
    case 'waiting':
      return 'blank';
    case 'not-live':
      return liveness.blank ? 'blank' : 'old';
  }
}

/** How long ago what is shown was surely live for the last time, ms; null: no number is shown. */
export function shownAgeMs(evidence: Evidence, nowMs: number): number | null {
  const liveness = livenessOf(evidence, nowMs);
  if (trustOf(liveness) === 'blank') return null;
  return liveness.state === 'not-live' && liveness.sinceMs !== null
    ? nowMs - liveness.sinceMs
    : Math.max(...agesOf(evidence, nowMs).values());
}

/** What it means for a nurse. */
const WORDS: Record<LostPart, string> = {
  connection: 'no connection to the station',
  snapshot: 'waiting for fresh values',
  processor: 'no new values come in',
  alarms: 'alarms are not worked out',
};

/** What it is, for who mends it. */
const CAUSES: Record<LostPart, string> = {
  connection: 'no answer from the station',
  snapshot: 'no state of the ward after a connection or an update was lost',
  processor: 'broker or processor stopped',
  alarms: 'alarm machine stopped',
};

/** For the red bar: `no new values come in, alarms are not worked out`. */
export function lostWords(parts: readonly LostPart[]): string {
  return parts.map((part) => WORDS[part]).join(', ');
}

/** The same for its tooltip: `broker or processor stopped, alarm machine stopped`. */
export function lostCauses(parts: readonly LostPart[]): string {
  return parts.map((part) => CAUSES[part]).join(', ');
}
