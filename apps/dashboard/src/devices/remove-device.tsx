import type { DeviceInfo } from '@app/contracts';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';

interface Props {
  info: DeviceInfo;
  onRemoved: () => void;
  onClose: () => void;
}

export function RemoveDevice({ info: { device, patient }, onRemoved, onClose }: Props) {
  const { busy, problem, run } = useAction();
  const remove = async () => {
    const done = await run(() => request('DELETE', apiPath('devices', device)));
    if (done === null) return;
    onRemoved();
    onClose();
  };
  return (
    <Dialog title={`Remove ${device}?`} onClose={onClose}>
      <p>
        {patient === null ? '' : 'It is worn now, and will be taken off. '}
        It can send nothing any more. What it has measured stays.
      </p>
      <Problem words={problem} />
      <div className="actions">
        <button type="button" className="button plain" onClick={onClose}>
          Cancel
        </button>
        <BusyButton type="button" busy={busy} busyWords="Removing …" onClick={() => void remove()}>
          Remove
        </BusyButton>
      </div>
    </Dialog>
  );
}
