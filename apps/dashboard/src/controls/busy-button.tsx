import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  busy: boolean;
  /** Instead of its words while it runs. */
  busyWords?: string;
}

/** A button that shows that what it started runs, and starts it once. Stays in the order of the keyboard meanwhile. */
export function BusyButton({
  busy,
  busyWords = 'Working …',
  children,
  onClick,
  className = 'button strong',
  ...button
}: Props) {
  return (
    <button
      type="submit"
      {...button}
      className={className}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? busyWords : children}
    </button>
  );
}
