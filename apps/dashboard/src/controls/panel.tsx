import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Panel({ title, note, children }: Props) {
  const id = useId();
  return (
    <section className="panel form-panel" aria-labelledby={id}>
      <div className="panel-head">
        <h3 id={id}>{title}</h3>
        {note ? <span className="note">{note}</span> : null}
      </div>
      {children}
    </section>
  );
}
