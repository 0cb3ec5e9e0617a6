import type { PersonInfo } from '@app/contracts';
import { ROLE_WORDS, wardsWords } from '../session/role-words.js';
import { useWards } from '../ward/use-wards.js';
import { dateAndTime } from '../words.js';

interface Props {
  person: PersonInfo;
  onLink: () => void;
  onChange: () => void;
}

export function PersonRow({ person, onLink, onChange }: Props) {
  const { nameOf } = useWards();
  const { name, role, wards, active } = person;
  return (
    <li className="row" data-person={person.person} data-active={active}>
      <div>
        <b>{name}</b>
        <span>
          {ROLE_WORDS[role].name} · {wardsWords(wards, nameOf)} · {stateWords(person)}
        </span>
      </div>
      <div className="row-actions">
        <button
          type="button"
          className="button"
          onClick={onLink}
          disabled={!active}
          aria-label={`New link for ${name}`}
        >
          New link
        </button>
        <button type="button" className="button" onClick={onChange} aria-label={`Change ${name}`}>
          Change
        </button>
      </div>
    </li>
  );
}

function stateWords({ active, role, hasPassword, lastSeenMs }: PersonInfo): string {
  if (!active) return 'may not sign in';
  if (lastSeenMs !== null) return `last seen ${dateAndTime(lastSeenMs)}`;
  return role === 'kiosk' || hasPassword ? 'never seen' : 'has not used the link yet';
}
