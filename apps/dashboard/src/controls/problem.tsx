/** What went wrong, beside what caused it. Read aloud when it appears. */
export function Problem({ words }: { words: string | null }) {
  return (
    <div role="alert" className="problem-place">
      {words === null ? null : <p className="problem">{words}</p>}
    </div>
  );
}

/** What has been done; read aloud, never in the way. */
export function Done({ words }: { words: string | null }) {
  return (
    <div role="status" className="problem-place">
      {words === null ? null : <p className="done">{words}</p>}
    </div>
  );
}
