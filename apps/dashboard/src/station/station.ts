import type { AlarmEvent, Reply, Waveform } from '@app/contracts';
import { readClocks } from '../clocks.js';
import { type Liveness, livenessOf } from './liveness.js';
import { type Happening, type Screen, newScreen, step } from './screen.js';
import { clientAheadMs, serverNow } from './server-clock.js';
import type { StationLink } from './station-link.js';
import type { Ward } from './ward.js';

/** What components see; a new object whenever something of it changed. */
export interface StationView {
  readonly liveness: Liveness;
  readonly ward: Ward | null;
  readonly notices: readonly string[];
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
  private screen: Screen = newScreen(readClocks());
  private readonly listeners = new Set<() => void>();
  private readonly waveformListeners = new Map<string, (waveform: Waveform) => void>();
  private current: StationView = this.view();

  constructor(private readonly link: StationLink) {}

  start(): void {
    this.link.open({
      linked: () => {
        this.happens({ type: 'linked' });
        for (const patient of this.waveformListeners.keys()) this.watchWaveform(patient);
      },
      unlinked: () => this.happens({ type: 'unlinked' }),
      heartbeat: (message) => this.happens({ type: 'heartbeat', message }),
      update: (message) => {
        if (message.room === 'ward') this.happens({ type: 'update', message });
      },
      waveform: (message) => this.waveformListeners.get(message.patient)?.(message),
    });
    setInterval(() => this.happens({ type: 'tick' }), TICK_MS);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.happens({ type: 'shown' });
    });
    // A page that comes back from the browser's back-forward cache stood still all the while.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.happens({ type: 'shown' });
    });
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

  acknowledge(alarm: AlarmEvent, by: string, note: string | null): Promise<Reply> {
    return this.link.acknowledge({ patient: alarm.patient, alarmId: alarm.alarmId, by, note });
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
    this.publish();
  }

  private askForSnapshot(askedMs: number): void {
    this.link.watch('ward').then(
      (message) => this.happens({ type: 'snapshot', message, askedMs }),
      // The screen asks again by itself while it has no answer.
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
      ward: screen.ward,
      notices: screen.notices,
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
    a.linked === b.linked &&
    a.serverMs === b.serverMs &&
    a.notices.join('\n') === b.notices.join('\n') &&
    JSON.stringify(a.liveness) === JSON.stringify(b.liveness)
  );
}
