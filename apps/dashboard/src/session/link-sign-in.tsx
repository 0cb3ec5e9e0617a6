import type { LinkHolder, Session } from '@app/contracts';
import { useEffect, useState } from 'react';
import { type Answer, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { PASSWORD_RULE, passwordProblem, repetitionProblem } from './new-password.js';
import { ROLE_WORDS } from './role-words.js';
import { useSessionStore } from './use-session.js';

/** What a one-time link leads to: a password is chosen, or a wall display is begun. */
export function LinkSignIn({ token }: { token: string }) {
  const [checked, setChecked] = useState<Answer<LinkHolder> | null>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    const leave = new AbortController();
    setChecked(null);
    void request<LinkHolder>('POST', '/api/session/link/check', { token }, leave.signal).then(
      (answer) => {
        if (!leave.signal.aborted) setChecked(answer);
        return answer;
      },
    );
    return () => leave.abort();
  }, [token, again]);
  if (checked === null) {
    return (
      <div className="sign-in-card" aria-busy="true">
        <h1>Checking the link …</h1>
      </div>
    );
  }
  if (!checked.ok) {
    return <BadLink answer={checked} onAgain={() => setAgain((n) => n + 1)} />;
  }
  return <HolderForm token={token} holder={checked.value} />;
}

function BadLink({
  answer,
  onAgain,
}: {
  answer: Extract<Answer<never>, { ok: false }>;
  onAgain: () => void;
}) {
  const silent = answer.status === 0 || answer.status === 429;
  return (
    <div className="sign-in-card">
      <h1>{silent ? 'The link cannot be checked' : 'This link does not work any more'}</h1>
      <Problem words={answer.message} />
      {silent ? (
        <button type="button" className="button strong" onClick={onAgain}>
          Try again
        </button>
      ) : (
        <>
          <p className="sign-in-help">
            A link works once and for a limited time. Ask an administrator for a new one, or sign in
            with your password.
          </p>
          <button
            type="button"
            className="button"
            onClick={() => {
              location.hash = '';
            }}
          >
            Sign in with a password
          </button>
        </>
      )}
    </div>
  );
}

function HolderForm({ token, holder }: { token: string; holder: LinkHolder }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const { needsPassword, name, role } = holder;
  const wrong = needsPassword ? passwordProblem(password) : null;
  const different = needsPassword ? repetitionProblem(password, repeated) : null;
  const signIn = async () => {
    setTried(true);
    if (wrong !== null || different !== null) return;
    const body = { token, password: needsPassword ? password : null };
    const done = await run(() => request<Session>('POST', '/api/session/link', body));
    if (done === null) return;
    navigate(addresses.home, { replace: true });
    store.opened(done.value);
  };
  return (
    <form
      className="sign-in-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <h1>{needsPassword ? `Welcome, ${name}` : 'Use this screen as a wall display'}</h1>
      <p className="sign-in-help">
        {needsPassword
          ? `${ROLE_WORDS[role].name}. You sign in with this name and a password that only you know.`
          : `It is called ${name}. It shows patients, sounds alarms, acknowledges with one tap, and stays signed in.`}
      </p>
      {needsPassword ? (
        <>
          <Field
            label="Name"
            name="username"
            autoComplete="username"
            value={name}
            onChange={() => undefined}
            readOnly
          />
          <Field
            label="Choose a password"
            name="new-password"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            hint={PASSWORD_RULE}
            problem={tried || password !== '' ? wrong : null}
            autoFocus
            required
          />
          <Field
            label="The same password again"
            name="repeated-password"
            type="password"
            autoComplete="new-password"
            value={repeated}
            onChange={setRepeated}
            problem={tried && wrong === null ? different : null}
            required
          />
        </>
      ) : null}
      <Problem words={problem} />
      <BusyButton busy={busy} busyWords="Signing in …">
        {needsPassword ? 'Set the password and sign in' : 'Start the wall display'}
      </BusyButton>
    </form>
  );
}
