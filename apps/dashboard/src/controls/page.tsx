import type { ReactNode } from 'react';
import { Link } from '../app/link.js';
import { BackIcon } from '../design/icons.js';

interface Props {
  title: string;
  /** Where this page was reached from. */
  back?: { to: string; words: string } | null;
  /** Beside the title. */
  beside?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page to read and to fill in. */
export function Page({ title, back = null, beside, wide = false, children }: Props) {
  return (
    <main id="main" tabIndex={-1} className={wide ? 'page wide' : 'page'}>
      <div className="page-head">
        {back === null ? null : (
          <Link className="button" to={back.to}>
            <BackIcon /> {back.words}
          </Link>
        )}
        <h2>{title}</h2>
        {beside}
      </div>
      {children}
    </main>
  );
}

/** While nothing was read yet, or when it cannot be. */
export function Reading({
  problem,
  onAgain,
  what,
}: {
  problem: string | null;
  onAgain: () => void;
  what: string;
}) {
  if (problem === null) {
    return (
      <p className="page-note" aria-busy="true">
        Reading {what} …
      </p>
    );
  }
  return (
    <div className="in-place" role="alert">
      <span>
        {what.charAt(0).toUpperCase() + what.slice(1)} cannot be read: {problem}
      </span>
      <button type="button" className="button" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
