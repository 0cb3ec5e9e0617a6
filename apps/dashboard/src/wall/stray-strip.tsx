import type { StrayDevice } from '@app/contracts';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { OriginMark } from './marks.js';
import { strayWords } from './stray-words.js';

interface Props {
  ward: string;
  strays: readonly StrayDevice[];
  serverMs: number | null;
  mayAdmit: boolean;
}

/** Devices that are there and belong to nobody: their samples are kept, and shown under no patient. */
export function StrayStrip({ ward, strays, serverMs, mayAdmit }: Props) {
  if (strays.length === 0) return null;
  return (
    <section className="strays" aria-labelledby="strays">
      <h2 id="strays">Not admitted</h2>
      <ul>
        {strays.map((stray) => (
          <li key={stray.device} className="stray" data-device={stray.device}>
            <b>{stray.device}</b>
            <OriginMark origin={stray.origin} />
            <span>{strayWords(stray, serverMs)}</span>
            {mayAdmit && stray.reason === 'not-admitted' ? (
              <Link
                className="button"
                to={addresses.admit(ward, { device: stray.device })}
                aria-label={`Admit with ${stray.device}`}
              >
                Admit
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
