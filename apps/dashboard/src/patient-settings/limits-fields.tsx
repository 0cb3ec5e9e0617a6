import { Field } from '../controls/field.js';
import { LIMIT_FIELDS, type LimitName, type LimitsForm } from './limits-form.js';

interface Props {
  form: LimitsForm;
  onChange: (form: LimitsForm) => void;
  problems: Partial<Record<LimitName, string>>;
}

/** Six numbers in BPM; empty is off. What is wrong is said while it is typed. */
export function LimitsFields({ form, onChange, problems }: Props) {
  return (
    <div className="field-grid limits">
      {LIMIT_FIELDS.map(({ name, words, hint }) => (
        <Field
          key={name}
          label={words}
          hint={hint}
          inputMode="numeric"
          placeholder="off"
          value={form[name]}
          onChange={(text) => onChange({ ...form, [name]: text })}
          problem={problems[name] ?? null}
          beside={<span className="unit">BPM</span>}
        />
      ))}
    </div>
  );
}
