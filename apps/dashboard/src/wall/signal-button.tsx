import { SignalIcon } from '../design/icons.js';

interface Props {
  patient: string;
  who: string;
  open: boolean;
  onToggle: (patient: string) => void;
}

/** Shows and hides the running signal on a tile. */
export function SignalButton({ patient, who, open, onToggle }: Props) {
  return (
    <button
      type="button"
      className="signal-button"
      aria-pressed={open}
      aria-label={`Running signal of ${who}`}
      title={open ? 'Hide the running signal' : 'Show the running signal'}
      onClick={() => onToggle(patient)}
    >
      <SignalIcon />
    </button>
  );
}
