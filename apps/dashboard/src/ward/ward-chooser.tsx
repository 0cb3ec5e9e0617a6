import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { useWards } from './use-wards.js';

/** Goes to another ward; nothing where there is only one. */
export function WardChooser({ ward }: { ward: string | null }) {
  const { wards } = useWards();
  if (wards === null || wards.length < 2) return null;
  return (
    <select
      className="ward-chooser"
      aria-label="Ward"
      value={ward ?? ''}
      onChange={(event) => navigate(addresses.wall(event.target.value))}
    >
      {wards.some((known) => known.ward === ward) ? null : <option value="">Choose</option>}
      {wards.map((known) => (
        <option key={known.ward} value={known.ward}>
          {known.name}
        </option>
      ))}
    </select>
  );
}
