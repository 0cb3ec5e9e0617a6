import type { EmergencyRequest, Session } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { useSessionStore } from './use-session.js';

/** As the station accepts, characters. */
const REASON = { least: 5, most: 200 } as const;

/** Opens a ward that is not one's own, with a reason that stays in the audit. */
export function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const [ward, setWard] = useState('');
  const [reason, setReason] = useState('');
  const open = async () => {
    const body: EmergencyRequest = { ward: ward.trim(), reason: reason.trim() };
    const done = await run(() => request<Session>('POST', '/api/session/emergency', body));
    if (done === null) return;
    store.opened(done.value);
    onClose();
    navigate(addresses.wall(body.ward));
  };
  return (
    <Dialog title="Emergency access" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ward.trim() !== '' && reason.trim() !== '') void open();
        }}
      >
        <p>
          Opens another ward to you for one hour, with the rights of your role. The reason and all
          that you do there is recorded and looked at.
        </p>
        <Field
          label="Ward"
          value={ward}
          onChange={setWard}
          hint="Its id, as in the address of its wall"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
        />
        <Field
          label="Reason"
          value={reason}
          onChange={setReason}
          minLength={REASON.least}
          maxLength={REASON.most}
          required
        />
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Cancel
          </button>
          <BusyButton busy={busy} busyWords="Opening …">
            Open the ward
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
