import type { PersonInfo } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';
import { Tick } from '../controls/tick.js';
import { useSession } from '../session/use-session.js';
import { PersonFields } from './person-fields.js';
import { type PersonForm, personOf, personProblems } from './person-form.js';

interface Props {
  person: PersonInfo;
  /** Names of everybody else. */
  others: readonly string[];
  onChanged: () => void;
  onClose: () => void;
}

export function ChangePerson({ person, others, onChanged, onClose }: Props) {
  const session = useSession();
  const { busy, problem, run } = useAction();
  const [active, setActive] = useState(person.active);
  const [form, setForm] = useState<PersonForm>({
    name: person.name,
    role: person.role,
    all: person.wards === 'all',
    wards: person.wards === 'all' ? [] : person.wards,
  });
  const problems = personProblems(form, others);
  const self = person.person === session.person;
  const save = async () => {
    if (Object.keys(problems).length > 0) return;
    const body = { ...personOf(form), active };
    const done = await run(() =>
      request<PersonInfo>('PATCH', apiPath('people', person.person), body),
    );
    if (done === null) return;
    onChanged();
    onClose();
  };
  return (
    <Dialog title={`Change ${person.name}`} onClose={onClose} wide>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <PersonFields form={form} onChange={setForm} problems={problems} />
        <fieldset className="choices">
          <legend>Access</legend>
          <Tick checked={active} onChange={setActive} disabled={self}>
            May sign in
            {self ? (
              <small>Nobody can lock themselves out.</small>
            ) : active ? null : (
              <small>Ends every session of {person.name} at once.</small>
            )}
          </Tick>
        </fieldset>
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Cancel
          </button>
          <BusyButton busy={busy} busyWords="Saving …">
            Save
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
