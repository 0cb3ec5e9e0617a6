import type { DeviceSecret } from '@app/contracts';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';

interface Props {
  device: string;
  onRenewed: (secret: DeviceSecret) => void;
  onClose: () => void;
}

export function RenewSecret({ device, onRenewed, onClose }: Props) {
  const { busy, problem, run } = useAction();
  const renew = async () => {
    const done = await run(() =>
      request<DeviceSecret>('POST', apiPath('devices', device, 'secret')),
    );
    if (done === null) return;
    onRenewed(done.value);
    onClose();
  };
  return (
    <Dialog title={`A new secret for ${device}?`} onClose={onClose}>
      <p>
        The old one ends at once: the device cannot send until it has the new one. What it keeps
        meanwhile comes later.
      </p>
      <Problem words={problem} />
      <div className="actions">
        <button type="button" className="button plain" onClick={onClose}>
          Cancel
        </button>
        <BusyButton type="button" busy={busy} busyWords="Renewing …" onClick={() => void renew()}>
          Make a new secret
        </BusyButton>
      </div>
    </Dialog>
  );
}
