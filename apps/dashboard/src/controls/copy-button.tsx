import { useState } from 'react';

/** Puts a text on the clipboard, and says whether it is there: over plain HTTP a browser may forbid it. */
export function CopyButton({ text, words = 'Copy' }: { text: string; words?: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void copy()}>
        {outcome === 'copied' ? 'Copied' : words}
      </button>
      <span role="status" className={outcome === 'refused' ? 'field-hint' : 'unseen'}>
        {outcome === 'copied' ? 'Copied' : null}
        {outcome === 'refused' ? 'The browser does not allow it here: select the text.' : null}
      </span>
    </>
  );
}
