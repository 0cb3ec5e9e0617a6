import type { IdentityRequest } from '@app/contracts';
import { useState } from 'react';
import { IdentityFields } from '../admit/identity-fields.js';
import { type IdentityForm, identityOf, identityProblems } from '../admit/identity-form.js';
import { BusyButton } from '../controls/busy-button.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { useNowMs } from '../session/use-session.js';
import { dayOf } from '../words.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';

export function IdentityPanel({ record, admission, onChanged }: PanelProps) {
  const { identity, patient } = record;
  const today = dayOf(useNowMs());
  const { busy, problem, done, change } = useChange(patient, onChanged);
  const [form, setForm] = useState<IdentityForm>({
    name: identity?.name ?? '',
    birthDate: identity?.birthDate ?? '',
    hospitalNumber: identity?.hospitalNumber ?? '',
    label: admission.label,
  });
  const problems = identityProblems(form, today);
  const save = () => {
    const body: IdentityRequest = identityOf(form);
    void change('Saved.', 'PUT', ['identity'], body);
  };
  return (
    <Panel title="Identity" note={<>Pseudonym {patient}</>}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(problems).length === 0) save();
        }}
      >
        <IdentityFields form={form} onChange={setForm} problems={problems} today={today} />
        <Problem words={problem} />
        <Done words={done} />
        <div className="page-actions">
          <BusyButton busy={busy} busyWords="Saving …" className="button">
            Save identity
          </BusyButton>
        </div>
      </form>
    </Panel>
  );
}
