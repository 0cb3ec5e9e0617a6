import type { Session } from '@app/contracts';
import { onStranger, request } from '../api/request.js';

export type SessionState =
  /** The station was not reached yet. */
  | { state: 'unknown' }
  | { state: 'signed-in'; session: Session }
  /** `ended`: this screen was signed in, and showed patients. */
  | { state: 'signed-out'; ended: boolean };

/** How long to wait before the station is asked again, ms. */
const AGAIN_MS = 2000;

/** Who is signed in on this screen: as the station says, and nobody else. */
export class SessionStore {
  private current: SessionState = { state: 'unknown' };
  private readonly listeners = new Set<() => void>();
  private asking = false;

  start(): void {
    onStranger(() => void this.check());
    void this.check();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): SessionState => this.current;

  /** Asks the station who this is. While it does not answer, what is known stays. */
  async check(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const answer = await request<Session>('GET', '/api/session');
    this.asking = false;
    if (answer.ok) this.opened(answer.value);
    else if (answer.status === 401) this.ended();
    else if (this.current.state === 'unknown') setTimeout(() => void this.check(), AGAIN_MS);
  }

  opened(session: Session): void {
    const { current } = this;
    if (current.state === 'signed-in' && sameSession(current.session, session)) return;
    this.set({ state: 'signed-in', session });
  }

  /** The session is over: by the station's word, or because somebody signed out. */
  ended(byHand = false): void {
    const { current } = this;
    if (current.state === 'signed-out') return;
    this.set({ state: 'signed-out', ended: current.state === 'signed-in' && !byHand });
  }

  private set(next: SessionState): void {
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}

function sameSession(a: Session, b: Session): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
