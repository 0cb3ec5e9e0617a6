import { type ReactNode, useState } from 'react';
import { Field } from '../controls/field.js';
import {
  IDENTITY_CHARACTERS,
  type IdentityForm,
  type IdentityProblems,
  initialsOf,
} from './identity-form.js';

interface Props {
  form: IdentityForm;
  onChange: (form: IdentityForm) => void;
  problems: IdentityProblems;
  today: string;
  /** More fields of the same grid. */
  children?: ReactNode;
}

/** Who it is. What stands on the wall follows the name until somebody types it. */
export function IdentityFields({ form, onChange, problems, today, children }: Props) {
  const [ownLabel, setOwnLabel] = useState(form.label !== '');
  return (
    <div className="field-grid">
      <Field
        label="Name"
        value={form.name}
        maxLength={IDENTITY_CHARACTERS.name}
        onChange={(name) =>
          onChange({ ...form, name, label: ownLabel ? form.label : initialsOf(name) })
        }
        problem={problems.name ?? null}
      />
      <Field
        label="Birth date"
        type="date"
        value={form.birthDate}
        min="1850-01-01"
        max={today}
        onChange={(birthDate) => onChange({ ...form, birthDate })}
        problem={problems.birthDate ?? null}
      />
      <Field
        label="Hospital number"
        value={form.hospitalNumber}
        maxLength={IDENTITY_CHARACTERS.hospitalNumber}
        onChange={(hospitalNumber) => onChange({ ...form, hospitalNumber })}
        problem={problems.hospitalNumber ?? null}
      />
      <Field
        label="On the wall"
        value={form.label}
        maxLength={IDENTITY_CHARACTERS.label}
        onChange={(label) => {
          setOwnLabel(label !== '');
          onChange({ ...form, label });
        }}
        hint="Initials or an alias: visitors read it too"
        problem={problems.label ?? null}
      />
      {children}
    </div>
  );
}
