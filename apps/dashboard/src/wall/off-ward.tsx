/** A patient at X-ray or in the shower. */
export function OffWard({ words }: { words: string }) {
  return (
    <div className="off-ward">
      <b>Off ward:</b> <span>{words}</span>
      <small>comes back by itself after 3 min of good signal</small>
    </div>
  );
}
