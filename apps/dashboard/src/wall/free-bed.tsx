import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';

/** A bed without a patient keeps its place. `ward`: for whom may admit somebody into it. */
export function FreeBed({ bed, ward }: { bed: string; ward: string | null }) {
  return (
    <li className="free-bed" data-bed={bed}>
      <span>
        <b>{bed}</b> free
      </span>
      {ward === null ? null : (
        <Link
          className="button plain"
          to={addresses.admit(ward, { bed })}
          aria-label={`Admit into bed ${bed}`}
        >
          Admit
        </Link>
      )}
    </li>
  );
}
