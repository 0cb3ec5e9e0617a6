import type { Session } from '@app/contracts';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { useWards } from '../ward/use-wards.js';
import { BusyButton } from '../controls/busy-button.js';
import { stopwatch, timeOfDay } from '../words.js';
import { useNowMs, useSession, useSessionStore } from './use-session.js';

/** Rights that last only for a while are in sight while they last. */
export function SessionBanners() {
  return (
    <>
      <Acting />
      <Emergency />
    </>
  );
}

function Acting() {
  const { acting } = useSession();
  const nowMs = useNowMs();
  const store = useSessionStore();
  const { busy, run, problem } = useAction();
  if (acting === null || acting.untilMs <= nowMs) return null;
  const end = async () => {
    const done = await run(() => request<Session>('DELETE', '/api/session/acting'));
    if (done !== null) store.opened(done.value);
  };
  return (
    <section className="banner" aria-label="Acting person">
      <span>
        <strong>{acting.name}</strong> acts here, for {stopwatch(acting.untilMs - nowMs)} more
        {problem === null ? null : ` — ${problem}`}
      </span>
      <BusyButton type="button" className="button" busy={busy} onClick={() => void end()}>
        Done
      </BusyButton>
    </section>
  );
}

function Emergency() {
  const { emergency } = useSession();
  const nowMs = useNowMs();
  const { nameOf } = useWards();
  const open = emergency.filter(({ untilMs }) => untilMs > nowMs);
  if (open.length === 0) return null;
  return (
    <div className="banner" role="status">
      <span>
        <strong>Emergency access</strong>{' '}
        {open
          .map(({ ward, untilMs }) => `to ${nameOf(ward)} until ${timeOfDay(untilMs)}`)
          .join(', ')}
        . All of it is recorded.
      </span>
    </div>
  );
}
