import type { Liveness } from '../station/liveness.js';
import type { SessionState } from '../session/session-store.js';
import type { SoundPriority } from './burst.js';

/**
 * A screen that hangs on a ward: what nobody looks at has to say aloud that it shows nothing. It stays one when the station
 * has ended its session, which is what it then has to tell.
 * @param was what it was before
 */
export function isWardDisplay(session: SessionState, was: boolean): boolean {
  switch (session.state) {
    case 'signed-in':
      return session.session.role === 'kiosk';
    case 'signed-out':
      return session.ended && was;
    case 'unknown':
      return was;
  }
}

/** What has to sound on this screen: its calls, and on a ward display that its numbers are gone. The more urgent wins. */
export function wallSound(
  calls: SoundPriority | null,
  liveness: Liveness,
  wardDisplay: boolean,
): SoundPriority | null {
  const silent = wardDisplay && liveness.state === 'not-live' && liveness.overdue;
  return silent && calls !== 'high' ? 'medium' : calls;
}
