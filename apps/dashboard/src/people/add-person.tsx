import type { SignInLink } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';
import { useWards } from '../ward/use-wards.js';
import { PersonFields } from './person-fields.js';
import { type PersonForm, personOf, personProblems } from './person-form.js';

interface Props {
  /** Names of everybody in the list. */
  names: readonly string[];
  onAdded: (link: SignInLink, name: string) => void;
}

export function AddPerson({ names, onAdded }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="page-actions start">
      <button type="button" className="button strong" onClick={() => setOpen(true)}>
        Add somebody
      </button>
      {open ? <AddDialog names={names} onAdded={onAdded} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function AddDialog({ names, onAdded, onClose }: Props & { onClose: () => void }) {
  const { wards } = useWards();
  const { busy, problem, run } = useAction();
  const [tried, setTried] = useState(false);
  const [form, setForm] = useState<PersonForm>({
    name: '',
    role: 'nurse',
    all: false,
    // With one ward there is nothing to choose.
    wards: wards?.length === 1 ? wards.map(({ ward }) => ward) : [],
  });
  const problems = personProblems(form, names);
  const add = async () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const person = personOf(form);
    const done = await run(() => request<SignInLink>('POST', '/api/people', person));
    if (done === null) return;
    onAdded(done.value, person.name);
    onClose();
  };
  return (
    <Dialog title="Add somebody" onClose={onClose} wide>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <PersonFields form={form} onChange={setForm} problems={tried ? problems : {}} />
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Cancel
          </button>
          <BusyButton busy={busy} busyWords="Adding …">
            Add, and make a link
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
