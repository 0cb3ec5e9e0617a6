import type { ReactNode } from 'react';

interface Notes {
  /** Of the input that they are about. */
  id: string;
  hint?: ReactNode;
  problem: string | null;
}

/** For the input's `aria-describedby`. */
export function describedBy({ id, hint, problem }: Notes): string | undefined {
  const ids = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''];
  return ids.filter(Boolean).join(' ') || undefined;
}

/** What to know before one types or chooses, and what is wrong after. */
export function FieldNotes({ id, hint, problem }: Notes) {
  return (
    <>
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
    </>
  );
}
