import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { useMay } from '../session/use-session.js';

/** A ward without beds and patients: what to do next. */
export function EmptyWard({ ward }: { ward: string }) {
  const may = useMay();
  const steps = [
    {
      words: 'Give the ward its name and its beds',
      button: 'Ward settings',
      to: addresses.wardSettings(ward),
      shown: may('manage-wards', ward),
    },
    {
      words: 'Add the wearables',
      button: 'Devices',
      to: addresses.devices(ward),
      shown: may('manage-devices', ward),
    },
    {
      words: 'Admit the first patient',
      button: 'Admit a patient',
      to: addresses.admit(ward),
      shown: may('manage-patients', ward),
    },
    {
      words: 'Let colleagues in',
      button: 'People',
      to: addresses.people,
      shown: may('manage-people', null),
    },
  ].filter(({ shown }) => shown);
  return (
    <div className="message">
      <h2>No patients on this ward yet</h2>
      <p>A patient appears here once admitted, at the place of the bed.</p>
      <ol className="steps">
        {steps.map(({ words, button, to }) => (
          <li key={to}>
            {words}
            <Link className="button" to={to}>
              {button}
            </Link>
          </li>
        ))}
        {may('manage-devices', ward) ? (
          <li>
            Or try it with a simulated ward, marked as such
            <code>vigil simulate --wearables 12</code>
          </li>
        ) : null}
      </ol>
    </div>
  );
}
