import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';
import { useSessionStore } from '../session/use-session.js';

/** A wall display does not go dark by a slip of the hand. */
export function LeaveDisplay({ onClose }: { onClose: () => void }) {
  const store = useSessionStore();
  const { busy, problem, run } = useAction();
  const leave = async () => {
    const done = await run(() => request('DELETE', '/api/session'));
    if (done !== null) store.ended(true);
  };
  return (
    <Dialog title="End this wall display?" onClose={onClose}>
      <p>
        This screen will show no patients and sound no alarms until an administrator makes a new
        link for it.
      </p>
      <Problem words={problem} />
      <div className="actions">
        <button type="button" className="button strong" onClick={onClose}>
          Keep it running
        </button>
        <BusyButton
          type="button"
          className="button"
          busy={busy}
          busyWords="Ending …"
          onClick={() => void leave()}
        >
          End it
        </BusyButton>
      </div>
    </Dialog>
  );
}
