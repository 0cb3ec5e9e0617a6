import type { AssignRequest, BodyPosition, MonitoringMode } from '@app/contracts';
import { useState } from 'react';
import { deviceOfCode } from '../admit/device-code.js';
import { DeviceField } from '../admit/device-field.js';
import { MODE_OPTIONS, POSITION_OPTIONS } from '../admit/worn-form.js';
import { BusyButton } from '../controls/busy-button.js';
import { Choice } from '../controls/choice.js';
import { Choices } from '../controls/choices.js';
import { Field } from '../controls/field.js';
import { Done, Problem } from '../controls/problem.js';
import { useWardDevices } from '../devices/use-ward-devices.js';
import { useNowMs } from '../session/use-session.js';
import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';
import { wornSince } from './worn-since.js';

/** Puts a device on, from now on or since a moment ago: what it measured since then is this patient's. */
export function AssignForm({
  record,
  admission,
  onChanged,
  view,
}: PanelProps & { view: StationView }) {
  const { busy, problem, done, change } = useChange(record.patient, onChanged);
  const devices = useWardDevices(admission.ward, JSON.stringify(admission.devices));
  const nowMs = useNowMs();
  const [device, setDevice] = useState('');
  const [position, setPosition] = useState<BodyPosition>('wrist');
  const [mode, setMode] = useState<MonitoringMode>('continuous');
  const [since, setSince] = useState('');
  const [tried, setTried] = useState(false);
  const name = deviceOfCode(device);
  const begin = wornSince(since, nowMs, admission.admittedMs);
  const assign = async () => {
    setTried(true);
    if (name === null || !begin.ok) return;
    const body: AssignRequest = {
      device: name,
      position,
      mode,
      ...(begin.sinceMs === null ? {} : { sinceMs: begin.sinceMs }),
    };
    if (await change(`${name} is assigned.`, 'POST', ['devices'], body)) {
      setDevice('');
      setSince('');
      setTried(false);
    }
  };
  return (
    <form
      className="sub-form"
      noValidate
      aria-label="Assign a device"
      onSubmit={(event) => {
        event.preventDefault();
        void assign();
      }}
    >
      <DeviceField
        value={device}
        onChange={setDevice}
        devices={devices.value ?? []}
        strays={view.place === admission.ward ? (view.ward?.strays ?? []) : []}
        whose={(patient) => whoseWords(view.ward, patient)}
        problem={tried && name === null ? 'Which device?' : null}
      />
      <div className="field-grid">
        <Choice
          label="Worn on"
          value={position}
          onChange={setPosition}
          options={POSITION_OPTIONS}
        />
        <Field
          label="Worn since"
          type="datetime-local"
          value={since}
          onChange={setSince}
          hint="Empty: from now on"
          problem={begin.ok ? null : begin.problem}
        />
        <Choices label="Monitoring" value={mode} onChange={setMode} options={MODE_OPTIONS} />
      </div>
      <Problem words={problem} />
      <Done words={done} />
      <div className="page-actions">
        <BusyButton busy={busy} busyWords="Assigning …" className="button">
          Assign the device
        </BusyButton>
      </div>
    </form>
  );
}
