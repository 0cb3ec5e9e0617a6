import { roleMay } from '@app/contracts';
import { useRef, useState } from 'react';
import { PersonIcon } from '../design/icons.js';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Problem } from '../controls/problem.js';
import { ActingDialog } from '../session/acting-dialog.js';
import { EmergencyDialog } from '../session/emergency-dialog.js';
import { PasswordDialog } from '../session/password-dialog.js';
import { ROLE_WORDS, wardsWords } from '../session/role-words.js';
import { useMay, useSession, useSessionStore } from '../session/use-session.js';
import { useWards } from '../ward/use-wards.js';
import { Link } from './link.js';
import { LeaveDisplay } from './leave-display.js';
import { pagesFor } from './menu-pages.js';

type Asked = 'none' | 'acting' | 'emergency' | 'password' | 'leave';

/** Who is signed in, where that leads, and the way out. */
export function AccountMenu({ ward }: { ward: string | null }) {
  const session = useSession();
  const may = useMay();
  const { nameOf } = useWards();
  const menu = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<Asked>('none');
  const close = () => menu.current?.hidePopover();
  const ask = (question: Asked) => () => {
    close();
    setAsked(question);
  };
  const isKiosk = session.role === 'kiosk';
  return (
    <>
      {isKiosk && session.acting === null ? (
        <button type="button" className="button act-as" onClick={ask('acting')}>
          Act as …
        </button>
      ) : null}
      <button
        type="button"
        className="button plain account"
        popoverTarget="account"
        aria-label={`Menu. Signed in: ${session.name}`}
      >
        <PersonIcon />
        <span className="button-word">{session.name}</span>
      </button>
      <div ref={menu} id="account" popover="auto" className="menu">
        <div className="menu-who">
          <b>{session.name}</b>
          <span>
            {ROLE_WORDS[session.role].name} · {wardsWords(session.wards, nameOf)}
          </span>
        </div>
        <nav aria-label="Pages">
          {pagesFor(may, ward).map(({ to, words }) => (
            <Link key={to} className="menu-item" to={to} onFollow={close}>
              {words}
            </Link>
          ))}
        </nav>
        <div className="menu-end">
          {isKiosk && session.acting === null ? (
            <button type="button" className="menu-item" onClick={ask('acting')}>
              Act as …
            </button>
          ) : null}
          {roleMay(session.role, 'emergency-access') ? (
            <button type="button" className="menu-item" onClick={ask('emergency')}>
              Emergency access …
            </button>
          ) : null}
          {isKiosk ? (
            <button type="button" className="menu-item" onClick={ask('leave')}>
              End this wall display …
            </button>
          ) : (
            <>
              <button type="button" className="menu-item" onClick={ask('password')}>
                Change password …
              </button>
              <SignOut onDone={close} />
            </>
          )}
        </div>
      </div>
      {asked === 'acting' ? <ActingDialog onClose={() => setAsked('none')} /> : null}
      {asked === 'emergency' ? <EmergencyDialog onClose={() => setAsked('none')} /> : null}
      {asked === 'password' ? <PasswordDialog onClose={() => setAsked('none')} /> : null}
      {asked === 'leave' ? <LeaveDisplay onClose={() => setAsked('none')} /> : null}
    </>
  );
}

function SignOut({ onDone }: { onDone: () => void }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const leave = async () => {
    const done = await run(() => request('DELETE', '/api/session'));
    if (done === null) return;
    onDone();
    store.ended(true);
  };
  return (
    <>
      <BusyButton
        type="button"
        className="menu-item"
        busy={busy}
        busyWords="Signing out …"
        onClick={() => void leave()}
      >
        Sign out
      </BusyButton>
      <Problem words={problem} />
    </>
  );
}
