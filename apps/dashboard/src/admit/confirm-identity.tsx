import { useState } from 'react';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';
import { Tick } from '../controls/tick.js';
import { dateOfBirth } from '../words.js';

interface Props {
  identity: { name: string; birthDate: string | null; hospitalNumber: string | null };
  /** What will be done: `Bed 3, watch-7 on the wrist`. */
  place: string;
  busy: boolean;
  problem: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Two identifiers are compared with the patient before samples are stored under that name. */
export function ConfirmIdentity({ identity, place, busy, problem, onConfirm, onClose }: Props) {
  const [name, setName] = useState(false);
  const [second, setSecond] = useState(false);
  const { birthDate, hospitalNumber } = identity;
  const other = [
    birthDate === null ? null : `born ${dateOfBirth(birthDate)}`,
    hospitalNumber === null ? null : `number ${hospitalNumber}`,
  ].filter((words) => words !== null);
  return (
    <Dialog title="Is this the patient?" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name && second) onConfirm();
        }}
      >
        <p>Compare two things with the patient or the wristband, and tick each.</p>
        <Tick checked={name} onChange={setName}>
          <b>{identity.name}</b>
        </Tick>
        <Tick checked={second} onChange={setSecond}>
          {other.length > 0 ? (
            <b>{other.join(', ')}</b>
          ) : (
            'Neither birth date nor number is known yet: they will be added in the settings'
          )}
        </Tick>
        <p className="page-note">{place}</p>
        <Problem words={problem} />
        <div className="actions">
          <button type="button" className="button plain" onClick={onClose}>
            Back
          </button>
          <BusyButton busy={busy} busyWords="Admitting …" disabled={!(name && second)}>
            Admit
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
