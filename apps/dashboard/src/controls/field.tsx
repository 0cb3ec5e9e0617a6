import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { FieldNotes, describedBy } from './field-notes.js';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  /** What is wrong with what was typed; null: nothing. */
  problem?: string | null;
  /** Stands in the line of the input: a unit, or a button. */
  beside?: ReactNode;
}

/** One line to type into, with its label, what to know before, and what is wrong after. */
export function Field({ label, value, onChange, hint, problem = null, beside, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line">
        <input
          autoComplete="off"
          {...input}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={problem !== null}
          aria-describedby={describedBy({ id, hint, problem })}
        />
        {beside}
      </div>
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}
