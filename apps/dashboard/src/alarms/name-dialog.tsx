import { useEffect, useRef, useState } from 'react';
import { NAME_MAX } from './nurse.js';

interface Props {
  name: string | null;
  /** Whether an alarm waits for the answer. */
  forAlarm: boolean;
  onAnswer: (name: string) => void;
  onCancel: () => void;
}

export function NameDialog({ name, forAlarm, onAnswer, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState(name ?? '');
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const answer = text.trim();
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="who" onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (answer !== '') onAnswer(answer);
        }}
      >
        <h2 id="who">Who acknowledges?</h2>
        <p>Everybody sees who took care of an alarm. This screen remembers the name.</p>
        <label className="field">
          Name or initials
          <input
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={NAME_MAX}
            autoComplete="off"
            required
          />
        </label>
        <div className="actions">
          <button type="button" className="button plain" onClick={onCancel}>
            Cancel
          </button>
          <button type="submit" className="button strong" disabled={answer === ''}>
            {forAlarm ? 'Acknowledge' : 'Remember'}
          </button>
        </div>
      </form>
    </dialog>
  );
}
