import type { EmergencyRequest, Session, WardName } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { useResource } from '../api/use-resource.js';
import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { BusyButton } from '../controls/busy-button.js';
import { Choice } from '../controls/choice.js';
import { Dialog } from '../controls/dialog.js';
import { Field } from '../controls/field.js';
import { Problem } from '../controls/problem.js';
import { useWards } from '../ward/use-wards.js';
import { useSessionStore } from './use-session.js';

/** As the station accepts, characters. */
const REASON = { least: 5, most: 200 } as const;

/** Opens a ward that is not one's own, with a reason that stays in the audit. */
export function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const [ward, setWard] = useState('');
  const [reason, setReason] = useState('');
  const all = useResource<WardName[]>('/api/session/emergency');
  const { wards } = useWards();
  const closed = (all.value ?? []).filter(
    (known) => wards?.some((open) => open.ward === known.ward) !== true,
  );
  const open = async () => {
    const body: EmergencyRequest = { ward, reason: reason.trim() };
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
          if (ward !== '' && reason.trim() !== '') void open();
        }}
      >
        <p>
          Opens another ward to you for one hour, with the rights of your role. The reason and all
          that you do there is recorded and looked at.
        </p>
        <Choice
          label="Ward"
          value={ward}
          onChange={setWard}
          options={[
            { value: '', words: all.value === null ? 'Reading the wards …' : 'Choose' },
            ...closed.map((known) => ({ value: known.ward, words: known.name })),
          ]}
          problem={all.problem}
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
