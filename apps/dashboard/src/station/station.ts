import type { AlarmEvent, Reply, Room, Session, Waveform } from '@app/contracts';
import { readClocks } from '../clocks.js';
import { CLOSED_WORDS, isOutOfSight } from '../session/sight.js';
import { type CanaryWords, canaryWords } from './canary-words.js';
import { type Liveness, livenessOf, shownAgeMs } from './liveness.js';
import { type Happening, type Screen, newScreen, step } from './screen.js';
import { clientAheadMs, serverNow } from './server-clock.js';
import type { StationLink } from './station-link.js';
import type { Ward } from './ward.js';

/** What components see; a new object whenever something of it changed. */
export interface StationView {
  readonly liveness: Liveness;
  /** Id of the ward that is looked at; null: none. */
  readonly place: string | null;
  /** Why the station does not show that ward to this session; null when it does. */
  readonly refusal: string | null;
  readonly ward: Ward | null;
  readonly notices: readonly string[];
  /** Null where the station has no canary. */
  readonly canary: CanaryWords | null;
  readonly linked: boolean;
  /** The station's time, ms since 1970, to the second; null before the first heartbeat. */
  readonly serverMs: number | null;
  /** Station's time of the last moment that was live; null while live, or when it never was. */
  readonly notLiveSinceMs: number | null;
  /** This machine's clock against the station's, ms, to 100 ms; positive: ahead. */
  readonly clockAheadMs: number | null;
}

const TICK_MS = 200;

/** Holds the screen's state, feeds it with what the link tells, and does what it wishes. */
export class Station {
  private screen: Screen = newScreen(readClocks(), null);
  private refusal: string | null = null;
  private opened = false;
  private session: Session | null = null;
  /** The ward that is looked at is closed to the session, whatever a late answer says. */
  private closed = false;
  private askWho: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private readonly waveformListeners = new Map<string, (waveform: Waveform) => void>();
  private current: StationView = this.view();

  constructor(private readonly link: StationLink) {}

  /**
   * @param session tells who the station says this is; null: nobody
   * @param refused the station did not let this screen in
   * @param ticked a few times a second, once what is shown is right: while it does not come the page stands still
   */
  start(session: (session: Session | null) => void, refused: () => void, ticked: () => void): void {
    this.askWho = refused;
    this.link.listen({
      linked: () => {
        this.happens({ type: 'linked' });
        for (const patient of this.waveformListeners.keys()) this.watchWaveform(patient);
      },
      unlinked: () => this.happens({ type: 'unlinked' }),
      heartbeat: (message) => this.happens({ type: 'heartbeat', message }),
      update: (message) => {
        if (message.room === this.room) this.happens({ type: 'update', message });
      },
      waveform: (message) => this.waveformListeners.get(message.patient)?.(message),
      session,
      refused,
    });
    setInterval(() => {
      // Access ends by the clock too, also while the connection is down.
      this.judge();
      this.happens({ type: 'tick' });
      ticked();
    }, TICK_MS);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.happens({ type: 'shown' });
    });
    // The browser had frozen the page, and thaws it.
    document.addEventListener('resume', () => this.happens({ type: 'shown' }));
    // A page that comes back from the browser's back-forward cache stood still all the while.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.happens({ type: 'shown' });
    });
  }

  /** Somebody is signed in: everything begins anew. Again: only what is open to them is looked at anew. */
  open(session: Session): void {
    this.session = session;
    if (this.opened) return this.judge();
    this.opened = true;
    this.screen = newScreen(readClocks(), this.screen.place);
    this.link.open();
    this.judge();
    this.publish();
  }

  /** Nobody is signed in: nothing is known, nothing sounds. */
  close(): void {
    this.opened = false;
    this.session = null;
    this.closed = false;
    this.link.close();
    this.screen = newScreen(readClocks(), null);
    this.refusal = null;
    this.publish();
  }

  /** Looks at a ward, and at no other. */
  show(ward: string | null): void {
    const { place, linked } = this.screen;
    if (place === ward) return;
    if (place !== null && linked) this.link.unwatch(`ward/${place}`);
    this.refusal = null;
    this.closed = false;
    this.happens({ type: 'moved', ward });
    this.judge();
  }

  /** A ward that the session has lost goes from the screen at once, and comes back once it is open again. */
  private judge(): void {
    const { session, screen, room } = this;
    const closed = isOutOfSight(session, screen.place, this.serverNowMs());
    if (closed === this.closed) return;
    this.closed = closed;
    this.refusal = closed ? CLOSED_WORDS : null;
    if (closed && room !== null && screen.linked) this.link.unwatch(room);
    this.happens(closed ? { type: 'closed' } : { type: 'moved', ward: screen.place });
  }

  private get room(): Room | null {
    const { place } = this.screen;
    return place === null ? null : `ward/${place}`;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): StationView => this.current;

  /** The station's time now, ms since 1970, for drawing between two views. */
  serverNowMs(): number | null {
    return serverNow(this.screen.clock, readClocks().monotonicMs);
  }

  /** How long ago what is shown now was surely live, ms; null: no number is shown. */
  shownAgeMs(): number | null {
    return shownAgeMs(this.screen.evidence, readClocks().monotonicMs);
  }

  acknowledge(alarm: AlarmEvent, note: string | null): Promise<Reply> {
    const { patient, alarmId, priority } = alarm;
    return this.link.acknowledge({ patient, alarmId, note, priority });
  }

  pauseAudio(patient: string): Promise<Reply> {
    return this.link.pauseAudio({ patient });
  }

  /** Samples of one patient until the returned function is called. One listener per patient. */
  watch(patient: string, listener: (waveform: Waveform) => void): () => void {
    this.waveformListeners.set(patient, listener);
    if (this.screen.linked) this.watchWaveform(patient);
    return () => {
      this.waveformListeners.delete(patient);
      this.link.unwatch(`patient/${patient}`);
    };
  }

  private watchWaveform(patient: string): void {
    // Its state comes with the ward. A refusal shows as a trace that stays empty, and the next link asks again.
    this.link.watch(`patient/${patient}`).catch(() => undefined);
  }

  private happens(happening: Happening): void {
    const { screen, wish } = step(this.screen, happening, readClocks());
    this.screen = screen;
    if (wish === 'reopen') this.link.reopen();
    if (wish === 'watch') this.askForSnapshot(screen.askedMs ?? 0);
    if (wish === 'ask-time') this.askForTime(screen.questionMs);
    this.publish();
  }

  private askForSnapshot(askedMs: number): void {
    const { room } = this;
    if (room === null) return;
    this.link.watch(room).then(
      (answer) => {
        if (room !== this.room) return answer;
        if (this.closed) {
          // The station would show it: what is known here of the session is old.
          if (answer.ok) this.askWho();
          return answer;
        }
        this.refusal = answer.ok ? null : answer.reason;
        if (answer.ok) this.happens({ type: 'snapshot', message: answer.snapshot, askedMs });
        else this.publish();
        return answer;
      },
      // The screen asks again by itself while it has no answer.
      () => undefined,
    );
  }

  private askForTime(askedMs: number): void {
    this.link.now().then(
      (serverMs) => this.happens({ type: 'answer', serverMs, askedMs }),
      // The next question is on its way already.
      () => undefined,
    );
  }

  private publish(): void {
    const next = this.view();
    if (sameView(this.current, next)) return;
    this.current = next;
    for (const listener of this.listeners) listener();
  }

  private view(): StationView {
    const { screen } = this;
    const now = readClocks();
    const liveness = livenessOf(screen.evidence, now.monotonicMs);
    const server = serverNow(screen.clock, now.monotonicMs);
    const ahead = clientAheadMs(screen.clock, now);
    const sinceMs = liveness.state === 'not-live' ? liveness.sinceMs : null;
    return {
      liveness,
      place: screen.place,
      // Trouble of the station with a new question takes away nothing that is shown: that it is old is said anyway.
      refusal: screen.ward === null ? this.refusal : null,
      ward: screen.ward,
      notices: screen.notices,
      canary: canaryWords(screen.canary, server, screen.canarySinceMs),
      linked: screen.linked,
      serverMs: server === null ? null : Math.floor(server / 1000) * 1000,
      notLiveSinceMs: sinceMs === null ? null : serverNow(screen.clock, sinceMs),
      clockAheadMs: ahead === null ? null : Math.round(ahead / 100) * 100,
    };
  }
}

function sameView(a: StationView, b: StationView): boolean {
  return (
    a.ward === b.ward &&
    a.place === b.place &&
    a.refusal === b.refusal &&
    a.linked === b.linked &&
    a.serverMs === b.serverMs &&
    a.notices.join('\n') === b.notices.join('\n') &&
    a.canary?.text === b.canary?.text &&
    JSON.stringify(a.liveness) === JSON.stringify(b.liveness)
  );
}
