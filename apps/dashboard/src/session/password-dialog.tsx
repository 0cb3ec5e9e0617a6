import type { PasswordRequest, Session } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { PASSWORD_RULE, passwordProblem, repetitionProblem } from './new-password.js';
import { useSession, useSessionStore } from './use-session.js';

/** One's own password. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const store = useSessionStore();
  const { name } = useSession();
  const { busy, problem, run } = useAction();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = passwordProblem(password);
  const different = repetitionProblem(password, repeated);
  const change = async () => {
    setTried(true);
    if (wrong !== null || different !== null) return;
    const body: PasswordRequest = { current, password };
    const done = await run(() => request<Session>('POST', '/api/session/password', body));
    if (done === null) return;
    store.opened(done.value);
    onClose();
  };
  return (
    <Dialog title="Change your password" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <p>You will be signed out everywhere else.</p>
        {/* For password managers: whose it is. */}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <Field
          label="Password until now"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          required
        />
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          hint={PASSWORD_RULE}
          problem={tried || password !== '' ? wrong : null}
          required
        />
        <Field
          label="The new one again"
          type="password"
          autoComplete="new-password"
          value={repeated}
          onChange={setRepeated}
          problem={tried && wrong === null ? different : null}
          required
        />
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Cancel
          </button>
          <BusyButton busy={busy} busyWords="Changing …">
            Change password
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
