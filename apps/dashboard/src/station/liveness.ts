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
  /** The last heartbeat, and when the station sent it. */
  heartbeat: { message: Heartbeat; sentMs: number } | null;
  /**
   * Since when the shown state cannot be trusted: nothing arrived yet, the connection broke, an update was missed, the tab
   * was hidden, the machine slept. Null once a snapshot has arrived after all that.
   */
  distrustedSinceMs: number | null;
  /** The shown numbers must not be seen until that snapshot: the screen itself may have stood still. */
  distrustBlanks: boolean;
}

/**
 * Whether the screen may be believed now. The age of a part's progress is the station's own (its clock against its tick),
 * plus the time since that heartbeat, up to one heartbeat's period: a late heartbeat is a fault of the connection, not of
 * the part.
 */
export function livenessOf(evidence: Evidence, nowMs: number): Liveness {
  const { heartbeat, openedMs, distrustedSinceMs } = evidence;
  const ages = new Map<LostPart, number>();
  ages.set('connection', nowMs - (heartbeat?.sentMs ?? openedMs));
  if (distrustedSinceMs !== null) ages.set('snapshot', nowMs - distrustedSinceMs);
  if (heartbeat !== null) {
    const { serverMs, processorMs, alarmsMs } = heartbeat.message;
    const since = Math.min(nowMs - heartbeat.sentMs, THRESHOLDS.heartbeatPeriod.value);
    // A tick of the future is from before the station's clock was set back: it proves nothing now.
    const age = (tickMs: number | null) =>
      tickMs === null ? nowMs - openedMs : Math.abs(serverMs - tickMs) + since;
    ages.set('processor', age(processorMs));
    ages.set('alarms', age(alarmsMs));
  }
  const lost = [...ages].filter(([part, age]) => age > limitMs(part)).map(([part]) => part);
  const waiting = heartbeat === null || (distrustedSinceMs !== null && evidence.distrustBlanks);
  if (lost.length === 0) return { state: waiting ? 'waiting' : 'live' };
  // Without heartbeats nothing is known of the rest; without a snapshot the heartbeats still are.
  const parts: readonly LostPart[] = lost.includes('connection') ? ['connection'] : lost;
  const oldest = Math.max(...parts.map((part) => ages.get(part) ?? 0));
  const sinceMs = neverLive(evidence, parts) ? null : nowMs - oldest;
  return {
    state: 'not-live',
    parts,
    sinceMs,
    blank: waiting || oldest > THRESHOLDS.blankAfter.value,
    overdue: oldest > THRESHOLDS.blankAfter.value,
  };
}

function limitMs(part: LostPart): number {
  return part === 'snapshot' ? THRESHOLDS.snapshotWithin.value : THRESHOLDS.notLiveAfter.value;
}

function neverLive({ heartbeat }: Evidence, parts: readonly LostPart[]): boolean {
  if (heartbeat === null) return true;
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

const WORDS: Record<LostPart, string> = {
  connection: 'no connection to the station',
  snapshot: 'waiting for fresh values',
  processor: 'processor stopped',
  alarms: 'alarm machine stopped',
};

/** For the red bar: `processor stopped, alarm machine stopped`. */
export function lostWords(parts: readonly LostPart[]): string {
  return parts.map((part) => WORDS[part]).join(', ');
}
