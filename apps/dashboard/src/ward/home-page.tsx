import { useEffect } from 'react';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { Page, Reading } from '../controls/page.js';
import { useMay } from '../session/use-session.js';
import { rememberedWard } from './remembered-ward.js';
import { useWards } from './use-wards.js';

/** Leads to the ward that this screen had last, or to the only one; else asks. */
export function HomePage() {
  const { wards, problem, reload } = useWards();
  const may = useMay();
  const last = rememberedWard();
  const only = wards?.length === 1 ? wards[0] : undefined;
  const ward = wards?.find((known) => known.ward === last) ?? only;
  useEffect(() => {
    if (ward !== undefined) navigate(addresses.wall(ward.ward), { replace: true });
  }, [ward]);
  if (wards === null || ward !== undefined) {
    return (
      <Page title="Vigil">
        <Reading what="the wards" problem={problem} onAgain={reload} />
      </Page>
    );
  }
  return (
    <Page title={wards.length === 0 ? 'No ward is open to you' : 'Which ward?'}>
      {wards.length === 0 ? (
        <p className="page-note">
          {may('manage-people', null)
            ? 'Give yourself a ward on the page of people.'
            : 'Ask an administrator to give you a ward. In an emergency, use emergency access in the menu.'}
        </p>
      ) : null}
      <ul className="ward-list">
        {wards.map(({ ward: id, name, beds }) => (
          <li key={id}>
            <Link className="ward-card" to={addresses.wall(id)}>
              <b>{name}</b>
              <span>
                {beds.length === 0
                  ? 'No beds yet'
                  : `${beds.filter(({ patient }) => patient !== null).length} of ${beds.length} beds taken`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
