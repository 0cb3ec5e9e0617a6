import { labelCode } from '../admit/device-code.js';
import { Dialog } from '../controls/dialog.js';
import { QrCode } from '../controls/qr-code.js';

/** A label to stick on a device: its name, for people and for cameras. No secret stands on it. */
export function DeviceLabel({ device, onClose }: { device: string; onClose: () => void }) {
  return (
    <Dialog title={`Label of ${device}`} onClose={onClose}>
      <div className="device-label">
        <QrCode text={labelCode(device)} label={`Code of ${device}`} />
        <b>{device}</b>
      </div>
      <p className="page-note">For admitting by scanning. It holds the name only.</p>
      <div className="actions">
        <button type="button" className="button plain" onClick={onClose}>
          Close
        </button>
        <button type="button" className="button strong" onClick={() => window.print()}>
          Print
        </button>
      </div>
    </Dialog>
  );
}
