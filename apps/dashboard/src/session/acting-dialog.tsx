import type { Session, SignInRequest } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { useSessionStore } from './use-session.js';

/** At a wall display: a person says who it is, to do for two minutes what a display may not. */
export function ActingDialog({ onClose }: { onClose: () => void }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const act = async () => {
    const body: SignInRequest = { name: name.trim(), password };
    const done = await run(() => request<Session>('POST', '/api/session/acting', body));
    if (done === null) return setPassword('');
    store.opened(done.value);
    onClose();
  };
  return (
    <Dialog title="Who acts here?" onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && password !== '') void act();
        }}
      >
        <p>
          For two minutes, or until you say that you are done. What is done is recorded as yours.
        </p>
        <Field label="Name" value={name} onChange={setName} autoFocus required />
        <Field
          label="Password"
          type="password"
          // A display for everybody must not remember anybody's password.
          autoComplete="off"
          value={password}
          onChange={setPassword}
          required
        />
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Cancel
          </button>
          <BusyButton busy={busy} busyWords="Checking …">
            Act here
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
