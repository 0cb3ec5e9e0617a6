import type { OffWardRequest } from '@app/contracts';
import { useState } from 'react';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { useNowMs } from '../session/use-session.js';
import { duration } from '../words.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';

const REASONS = ['X-ray', 'Shower', 'Walk', 'Theatre'];
/** As the station accepts, characters. */
const REASON_MAX = 80;

/** Away for a while: settings stay, and silence is no fault. */
export function OffWardPanel({ record, admission, onChanged }: PanelProps) {
  const { busy, problem, done, change } = useChange(record.patient, onChanged);
  const nowMs = useNowMs();
  const [reason, setReason] = useState('');
  const { offWard } = admission;
  const leave = (said: string) => {
    const body: OffWardRequest = { reason: said };
    void change('Off ward.', 'PUT', ['off-ward'], body);
  };
  if (offWard !== null) {
    return (
      <Panel title="Off ward">
        <p>
          <b>{offWard.reason}</b>, for {duration(nowMs - offWard.sinceMs)}. Comes back by itself
          after 3 min of good signal.
        </p>
        <Problem words={problem} />
        <Done words={done} />
        <div className="page-actions">
          <BusyButton
            type="button"
            className="button"
            busy={busy}
            onClick={() => void change('Back on the ward.', 'DELETE', ['off-ward'])}
          >
            Back on the ward
          </BusyButton>
        </div>
      </Panel>
    );
  }
  return (
    <Panel
      title="Off ward"
      note="keeps all settings; comes back by itself after 3 min of good signal"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') leave(reason.trim());
        }}
      >
        <div className="chips" role="group" aria-label="Reasons">
          {REASONS.map((word) => (
            <button
              key={word}
              type="button"
              className="button chip"
              aria-pressed={reason === word}
              onClick={() => setReason(word)}
            >
              {word}
            </button>
          ))}
        </div>
        <Field label="Reason" value={reason} onChange={setReason} maxLength={REASON_MAX} />
        <Problem words={problem} />
        <Done words={done} />
        <div className="page-actions">
          <BusyButton busy={busy} className="button" disabled={reason.trim() === ''}>
            Off ward from now on
          </BusyButton>
        </div>
      </form>
    </Panel>
  );
}
