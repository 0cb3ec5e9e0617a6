interface Props {
  /** Of what, for a screen reader: `the alarm log`. */
  what: string;
  /** Of each page after the first, the entry before it. */
  pages: readonly number[];
  /** The last entry shown, when there may be older ones; else null. */
  lastId: number | null;
  onPages: (pages: number[]) => void;
}

/** Newest first: one page newer, one page older. */
export function Pager({ what, pages, lastId, onPages }: Props) {
  return (
    <nav className="page-actions" aria-label={`Pages of ${what}`}>
      <button
        type="button"
        className="button"
        disabled={pages.length === 0}
        onClick={() => onPages(pages.slice(0, -1))}
      >
        Newer
      </button>
      <button
        type="button"
        className="button"
        disabled={lastId === null}
        onClick={() => {
          if (lastId !== null) onPages([...pages, lastId]);
        }}
      >
        Older
      </button>
    </nav>
  );
}
