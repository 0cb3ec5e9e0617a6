import { PERSON_ROLES } from '@app/contracts';
import { useId } from 'react';
import { Choices } from '../controls/choices.js';
import { Field } from '../controls/field.js';
import { Tick } from '../controls/tick.js';
import { ROLE_WORDS } from '../session/role-words.js';
import { useWards } from '../ward/use-wards.js';
import { PERSON_NAME_MAX, type PersonForm, type PersonProblems } from './person-form.js';

interface Props {
  form: PersonForm;
  onChange: (form: PersonForm) => void;
  problems: PersonProblems;
}

export function PersonFields({ form, onChange, problems }: Props) {
  const { wards } = useWards();
  const id = useId();
  const toggle = (ward: string) => (checked: boolean) =>
    onChange({
      ...form,
      wards: checked ? [...form.wards, ward] : form.wards.filter((other) => other !== ward),
    });
  return (
    <>
      <Field
        label="Name"
        hint="It is also the name to sign in with"
        value={form.name}
        maxLength={PERSON_NAME_MAX}
        onChange={(name) => onChange({ ...form, name })}
        problem={problems.name ?? null}
      />
      <Choices
        label="Role"
        value={form.role}
        onChange={(role) => onChange({ ...form, role })}
        options={PERSON_ROLES.map((role) => ({
          value: role,
          words: ROLE_WORDS[role].name,
          hint: ROLE_WORDS[role].may,
        }))}
      />
      <fieldset className="choices" aria-describedby={problems.wards ? id : undefined}>
        <legend>Wards</legend>
        <Tick checked={form.all} onChange={(all) => onChange({ ...form, all })}>
          All wards, those to come too
        </Tick>
        {wards?.map(({ ward, name }) => (
          <Tick
            key={ward}
            checked={form.all || form.wards.includes(ward)}
            disabled={form.all}
            onChange={toggle(ward)}
          >
            {name}
          </Tick>
        ))}
        {problems.wards ? (
          <span className="field-problem" id={id}>
            {problems.wards}
          </span>
        ) : null}
      </fieldset>
    </>
  );
}
