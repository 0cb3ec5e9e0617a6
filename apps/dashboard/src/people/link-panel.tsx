import type { SignInLink } from '@app/contracts';
import { useEffect, useRef } from 'react';
import { addresses } from '../app/route.js';
import { CopyButton } from '../controls/copy-button.js';
import { QrCode } from '../controls/qr-code.js';
import { dateAndTime } from '../words.js';

interface Props {
  link: SignInLink;
  name: string;
  onClose: () => void;
}

/** A link to hand over, shown this once. The token stands behind a `#`: it never reaches a server's log. */
export function LinkPanel({ link, name, onClose }: Props) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), [link]);
  const address = new URL(`${addresses.signIn}#${link.token}`, location.origin).href;
  return (
    <section ref={place} tabIndex={-1} className="panel secret" aria-labelledby="link">
      <QrCode text={address} label={`Link for ${name}`} />
      <div className="secret-words">
        <h3 id="link">Hand this to {name}</h3>
        <p>
          It signs in once, until {dateAndTime(link.expiresMs)}. Whoever opens it is {name}: give it
          to nobody else. It is not shown again.
        </p>
        <code className="link-text">{address}</code>
        <div className="page-actions">
          <CopyButton text={address} words="Copy the link" />
          <button type="button" className="button" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </section>
  );
}
