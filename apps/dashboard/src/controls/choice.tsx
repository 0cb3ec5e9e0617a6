import { type ReactNode, useId } from 'react';

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
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as T)}
        aria-invalid={problem !== null}
        aria-describedby={described.join(' ') || undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.words}
          </option>
        ))}
      </select>
      {hint ? (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span className="field-problem" id={`${id}-problem`}>
          {problem}
        </span>
      ) : null}
    </div>
  );
}
