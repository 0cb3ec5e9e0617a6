import { type ReactNode, useId } from 'react';
import { FieldNotes, describedBy } from './field-notes.js';

interface Props<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; words: string; disabled?: boolean }[];
  hint?: ReactNode;
  problem?: string | null;
  disabled?: boolean;
}

/** One of several. */
export function Choice<T extends string>({
  label,
  value,
  onChange,
  options,
  hint,
  problem = null,
  disabled = false,
}: Props<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as T)}
        aria-invalid={problem !== null}
        aria-describedby={describedBy({ id, hint, problem })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.words}
          </option>
        ))}
      </select>
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}
