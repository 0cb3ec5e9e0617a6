import type { StationView } from '../station/station.js';
import { MODE_WORDS, POSITION_WORDS } from '../admit/worn-form.js';
import { BusyButton } from '../controls/busy-button.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { dateAndTime } from '../words.js';
import { AssignForm } from './assign-form.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';

/** What the patient wears, since when, and what else could be worn. */
export function DevicesPanel({ view, ...props }: PanelProps & { view: StationView }) {
  const { record, admission, onChanged } = props;
  const { busy, problem, done, change } = useChange(record.patient, onChanged);
  return (
    <Panel title="Devices">
      {admission.devices.length === 0 ? <p className="page-note">Wears no device.</p> : null}
      <ul className="rows">
        {admission.devices.map(({ device, position, mode, sinceMs }) => (
          <li key={device} className="row" data-device={device}>
            <div>
              <b>{device}</b>
              <span>
                {POSITION_WORDS[position]}, {MODE_WORDS[mode].words.toLowerCase()}, since{' '}
                {dateAndTime(sinceMs)}
              </span>
            </div>
            <BusyButton
              type="button"
              className="button"
              busy={busy}
              busyWords="Taking off …"
              onClick={() => void change(`${device} is off.`, 'DELETE', ['devices', device])}
              aria-label={`Take off ${device}`}
            >
              Take off
            </BusyButton>
          </li>
        ))}
      </ul>
      <Problem words={problem} />
      <Done words={done} />
      <AssignForm {...props} view={view} />
    </Panel>
  );
}
