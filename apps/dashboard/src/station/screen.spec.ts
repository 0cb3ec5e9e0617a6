import { describe, expect, it } from '@jest/globals';
import type { PatientState } from '@app/contracts';
import { livenessOf } from './liveness.js';
import { patientState } from './patient-state.fixture.js';
import { type Happening, type Wish, newScreen, step } from './screen.js';

const SERVER_MS = 1_790_000_000_000;

/** A screen with clocks that a test moves. */
class Session {
  nowMs = 1000;
  wallAheadMs = 0;
  screen = newScreen(this.now, 'main');
  private heartbeats = 0;

  get now() {
    return { monotonicMs: this.nowMs, wallMs: SERVER_MS + this.nowMs + this.wallAheadMs };
  }

  happens(happening: Happening): Wish {
    const { screen, wish } = step(this.screen, happening, this.now);
    this.screen = screen;
    return wish;
  }

  heartbeat(sentMs = this.nowMs): Wish {
    const serverMs = SERVER_MS + sentMs;
    const ticks = { processorMs: serverMs - 300, alarmsMs: serverMs - 300 };
    const message = { sequence: ++this.heartbeats, serverMs, ...ticks, notices: [], canary: null };
    return this.happens({ type: 'heartbeat', message });
  }

  /** The station answers a question of then, at once. */
  answer(askedMs = this.nowMs, serverMs = SERVER_MS + this.nowMs): void {
    this.happens({ type: 'answer', askedMs, serverMs });
  }

  snapshot(sequence: number, askedMs = this.screen.askedMs ?? -1): void {
    this.happens({ type: 'snapshot', askedMs, message: this.message(sequence) });
  }

  update(sequence: number, patients?: PatientState[]): Wish {
    return this.happens({ type: 'update', message: this.message(sequence, patients) });
  }

  private message(sequence: number, patients = [patientState()]) {
    return {
      room: 'ward/main' as const,
      sequence,
      serverMs: SERVER_MS + this.nowMs,
      title: 'Main ward',
      patients,
      gone: [],
      strays: [],
      wardAlarms: [],
      wardAudioPause: null,
    };
  }

  get liveness() {
    return livenessOf(this.screen.evidence, this.nowMs);
  }
}

function liveSession(): Session {
  const session = new Session();
  expect(session.liveness).toEqual({ state: 'waiting' });
  expect(session.happens({ type: 'linked' })).toBe('watch');
  session.heartbeat();
  session.snapshot(5);
  expect(session.liveness).toEqual({ state: 'live' });
  return session;
}

describe('the screen', () => {
  it('is live after link, heartbeat and snapshot, not before', () => {
    const session = new Session();
    session.happens({ type: 'linked' });
    session.heartbeat();
    expect(session.liveness).toEqual({ state: 'waiting' });
    session.snapshot(5);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('asks for a snapshot when an update was missed, once', () => {
    const session = liveSession();
    expect(session.update(6)).toBeNull();
    session.nowMs += 10;
    expect(session.update(8)).toBe('watch');
    expect(session.update(9)).toBeNull();
    expect(session.screen.ward?.sequence).toBe(6);
    session.snapshot(9);
    expect(session.screen.ward?.sequence).toBe(9);
    expect(session.screen.evidence.distrustedSinceMs).toBeNull();
    expect(session.update(10)).toBeNull();
    expect(session.screen.ward?.sequence).toBe(10);
  });

  it('believes only the snapshot that it asked for last', () => {
    const session = liveSession();
    const before = session.nowMs;
    session.nowMs += 500;
    expect(session.happens({ type: 'shown' })).toBe('watch');
    session.snapshot(5, before);
    expect(session.liveness).toEqual({ state: 'waiting' });
    session.snapshot(6);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('does not take heartbeats that waited in a buffer for life', () => {
    const session = liveSession();
    for (let s = 1; s <= 60; s++) {
      // All comes 5 s late, for a minute.
      session.nowMs += 1000;
      session.happens({ type: 'tick' });
      if (s >= 5) session.answer(session.nowMs - 5000, SERVER_MS + session.nowMs - 2500);
      if (s >= 5) session.heartbeat(session.nowMs - 5000);
      const state = s <= 3 ? 'live' : 'not-live';
      expect([s, session.liveness]).toMatchObject([s, { state }]);
      if (s >= 10) expect(session.liveness).toMatchObject({ blank: true, sinceMs: 1000 });
    }
    session.answer();
    session.heartbeat();
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('asks for the time twice a second, by heartbeats too: in the background ticks are rare', () => {
    const session = liveSession();
    const asked: number[] = [];
    for (let i = 1; i <= 10; i++) {
      session.nowMs += 200;
      if (session.happens({ type: 'tick' }) === 'ask-time') asked.push(i * 200);
    }
    expect(asked).toEqual([600, 1200, 1800]);
    session.nowMs += 900;
    expect(session.heartbeat()).toBe('ask-time');
    session.happens({ type: 'unlinked' });
    session.nowMs += 900;
    expect(session.happens({ type: 'tick' })).toBeNull();
  });

  it('shows nothing after it stood still, until an answer and a snapshot of a question after that', () => {
    const session = liveSession();
    session.happens({ type: 'tick' });
    expect(session.update(8)).toBe('watch');
    const askedBefore = session.screen.askedMs ?? -1;
    const stoodAtMs = session.nowMs;
    session.nowMs += 15_000;
    // What has waited comes first, each believed at no moment.
    session.snapshot(9, askedBefore);
    expect(session.liveness).toMatchObject({ state: 'not-live', blank: true });
    for (let i = 1; i <= 15; i++) {
      session.heartbeat(stoodAtMs + i * 1000);
      session.answer(stoodAtMs, SERVER_MS + stoodAtMs);
      expect(session.liveness).toMatchObject({ state: 'not-live', blank: true });
    }
    expect(session.happens({ type: 'tick' })).toBe('watch');
    session.answer();
    expect(session.liveness).toMatchObject({ parts: ['snapshot'], blank: true });
    session.snapshot(30);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('opens a new connection when the old one is silent, again and again', () => {
    const session = liveSession();
    const wishes: number[] = [];
    for (let i = 0; i < 80; i++) {
      session.nowMs += 250;
      if (session.happens({ type: 'tick' }) === 'reopen') wishes.push(session.nowMs - 1000);
    }
    expect(wishes).toEqual([6250, 12_500, 18_750]);
  });

  it('asks again when the snapshot did not come', () => {
    const session = new Session();
    session.happens({ type: 'linked' });
    session.happens({ type: 'tick' });
    session.nowMs += 1500;
    expect(session.happens({ type: 'tick' })).toBe('ask-time');
    session.nowMs += 1600;
    expect(session.happens({ type: 'tick' })).toBe('watch');
    expect(session.happens({ type: 'tick' })).toBe('ask-time');
  });

  it('keeps the last values after a broken link, but needs a snapshot after the new one', () => {
    const session = liveSession();
    session.happens({ type: 'unlinked' });
    expect(session.liveness).toEqual({ state: 'live' });
    expect(session.happens({ type: 'shown' })).toBeNull();
    session.nowMs += 2000;
    session.happens({ type: 'linked' });
    session.heartbeat();
    expect(session.liveness).toEqual({ state: 'waiting' });
    session.snapshot(1);
    expect(session.liveness).toEqual({ state: 'live' });
    expect(session.update(2)).toBeNull();
    expect(session.screen.ward?.sequence).toBe(2);
  });

  it('shows nothing after the machine slept, until a snapshot came', () => {
    const session = liveSession();
    expect(session.happens({ type: 'tick' })).toBeNull();
    session.wallAheadMs += 60_000;
    expect(session.happens({ type: 'tick' })).toBe('watch');
    expect(session.liveness).toEqual({ state: 'waiting' });
    expect(session.happens({ type: 'tick' })).toBeNull();
    session.snapshot(9);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('shows nothing of another ward until its own snapshot came', () => {
    const session = liveSession();
    session.nowMs += 500;
    expect(session.happens({ type: 'moved', ward: 'east' })).toBe('watch');
    expect(session.screen.ward).toBeNull();
    expect(session.update(6)).toBeNull();
    expect(session.liveness).toEqual({ state: 'waiting' });
    session.snapshot(2);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('keeps nothing of a ward that it has lost, and is not live until that ward is back', () => {
    const session = liveSession();
    session.nowMs += 500;
    expect(session.happens({ type: 'closed' })).toBeNull();
    expect(session.screen).toMatchObject({ place: 'main', ward: null });
    expect(session.liveness).toEqual({ state: 'waiting' });
    expect(session.update(6)).toBeNull();
    expect(session.screen.ward).toBeNull();
    session.nowMs += 3100;
    session.heartbeat();
    session.answer();
    expect(session.liveness).toMatchObject({ state: 'not-live', parts: ['snapshot'], blank: true });
    expect(session.happens({ type: 'tick' })).toBe('watch');
    session.snapshot(7);
    expect(session.liveness).toEqual({ state: 'live' });
  });

  it('awaits no snapshot where no ward is looked at, and is live by its heartbeats', () => {
    const session = liveSession();
    expect(session.happens({ type: 'moved', ward: null })).toBeNull();
    expect(session.happens({ type: 'shown' })).toBeNull();
    session.nowMs += 2000;
    session.heartbeat();
    expect(session.liveness).toEqual({ state: 'live' });
    session.nowMs += 3100;
    expect(session.liveness).toMatchObject({ state: 'not-live', parts: ['connection'] });
  });
});
