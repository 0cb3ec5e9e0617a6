import { type Permission, type Session, sessionMay } from '@app/contracts';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { readClocks } from '../clocks.js';
import { useStationView } from '../app/use-station.js';
import { sightOf } from './sight.js';
import type { SessionState, SessionStore } from './session-store.js';

export const SessionContext = createContext<SessionStore | null>(null);

export function useSessionStore(): SessionStore {
  const store = useContext(SessionContext);
  if (store === null) throw new Error('There is no session around this component.');
  return store;
}

export function useSessionState(): SessionState {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.read);
}

/** Within what is shown to people who are signed in. */
export function useSession(): Session {
  const state = useSessionState();
  if (state.state !== 'signed-in') throw new Error('Nobody is signed in.');
  return state.session;
}

/** The station's time, or this machine's until it is known, ms since 1970. */
export function useNowMs(): number {
  return useStationView().serverMs ?? readClocks().wallMs;
}

/** Changes whenever the session opens or closes something, also by the clock alone. */
export function useSight(): string {
  return sightOf(useSession(), useNowMs());
}

/** What to offer: the station decides anyway. `null`: in a ward that is not known, or in none. */
export function useMay(): (permission: Permission, ward: string | null) => boolean {
  const session = useSession();
  const nowMs = useNowMs();
  return (permission, ward) => sessionMay(session, permission, ward, nowMs);
}
