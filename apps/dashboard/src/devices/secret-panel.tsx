import type { DeviceSecret } from '@app/contracts';
import { useEffect, useRef } from 'react';
import { setupCode } from '../admit/device-code.js';
import { CopyButton } from '../controls/copy-button.js';
import { QrCode } from '../controls/qr-code.js';

/** What lets a device in: on the screen once, and never again. */
export function SecretPanel({ secret, onClose }: { secret: DeviceSecret; onClose: () => void }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), [secret]);
  return (
    <section ref={place} tabIndex={-1} className="panel secret" aria-labelledby="secret">
      <QrCode
        text={setupCode(secret.device, secret.secret)}
        label={`Code that sets up ${secret.device}`}
      />
      <div className="secret-words">
        <h3 id="secret">Set up {secret.device} now</h3>
        <p>
          Scan this with the device, or type its name and secret. The secret is shown this once:
          only its hash is kept. Whoever has it can send as {secret.device}.
        </p>
        <dl className="facts">
          <div className="fact">
            <dt>Device</dt>
            <dd>{secret.device}</dd>
          </div>
          <div className="fact">
            <dt>Secret</dt>
            <dd>
              <code>{secret.secret}</code>
            </dd>
          </div>
        </dl>
        <div className="page-actions">
          <CopyButton text={secret.secret} words="Copy the secret" />
          <button type="button" className="button" onClick={() => window.print()}>
            Print
          </button>
          <button type="button" className="button" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </section>
  );
}
