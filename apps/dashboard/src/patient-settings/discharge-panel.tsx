import type { PatientRecord } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { addresses } from '../app/route.js';
import { navigate } from '../app/use-route.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Panel } from '../controls/panel.js';
import { Problem } from '../controls/problem.js';
import { placeWords } from '../ward/place-words.js';
import type { PanelProps } from './panel-props.js';

export function DischargePanel({ record, admission }: PanelProps) {
  const [asking, setAsking] = useState(false);
  return (
    <Panel title="Discharge">
      <p className="page-note">
        Takes all devices off and the tile away. What was measured stays readable.
      </p>
      <div className="page-actions">
        <button type="button" className="button" onClick={() => setAsking(true)}>
          Discharge …
        </button>
      </div>
      {asking ? (
        <ConfirmDischarge
          patient={record.patient}
          who={`${placeWords(admission)}${record.identity === null ? '' : `, ${record.identity.name}`}`}
          ward={admission.ward}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Panel>
  );
}

interface ConfirmProps {
  patient: string;
  who: string;
  ward: string;
  onClose: () => void;
}

function ConfirmDischarge({ patient, who, ward, onClose }: ConfirmProps) {
  const { busy, problem, run } = useAction();
  const discharge = async () => {
    const done = await run(() =>
      request<PatientRecord>('POST', apiPath('patients', patient, 'discharge')),
    );
    if (done !== null) navigate(addresses.wall(ward));
  };
  return (
    <Dialog title="Discharge this patient?" onClose={onClose}>
      <p>
        <b>{who}</b> will not be watched any more: no number, no alarm.
      </p>
      <Problem words={problem} />
      <div className="actions">
        <button type="button" className="button plain" onClick={onClose}>
          Cancel
        </button>
        <BusyButton
          type="button"
          busy={busy}
          busyWords="Discharging …"
          onClick={() => void discharge()}
        >
          Discharge
        </BusyButton>
      </div>
    </Dialog>
  );
}
