import type { Session, SignInRequest } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { useSessionStore } from './use-session.js';

/** Name and password. */
export function SignInForm() {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const complete = name.trim() !== '' && password !== '';
  const signIn = async () => {
    const body: SignInRequest = { name: name.trim(), password };
    const done = await run(() => request<Session>('POST', '/api/session', body));
    if (done !== null) store.opened(done.value);
    else setPassword('');
  };
  return (
    <form
      className="sign-in-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void signIn();
      }}
    >
      <h1>Sign in</h1>
      <Field
        label="Name"
        name="username"
        autoComplete="username"
        autoCapitalize="words"
        spellCheck={false}
        value={name}
        onChange={setName}
        autoFocus
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
      />
      <Problem words={problem} />
      <BusyButton busy={busy} busyWords="Signing in …">
        Sign in
      </BusyButton>
      <p className="sign-in-help">
        New here, or the password is forgotten? An administrator makes a link that signs in once.
      </p>
    </form>
  );
}
