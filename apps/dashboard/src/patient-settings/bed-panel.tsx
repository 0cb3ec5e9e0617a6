import type { TransferRequest } from '@app/contracts';
import { useEffect, useState } from 'react';
import { bedOptions } from '../admit/bed-options.js';
import { BusyButton } from '../controls/busy-button.js';
import { Choice } from '../controls/choice.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { useMay } from '../session/use-session.js';
import { useWard } from '../ward/use-ward.js';
import { useWards } from '../ward/use-wards.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';

/** Another bed, or another ward. Devices, limits and history go along. */
export function BedPanel({ record, admission, ward: own, onChanged }: PanelProps) {
  const { busy, problem, done, change } = useChange(record.patient, onChanged);
  const { wards, nameOf } = useWards();
  const may = useMay();
  const [ward, setWard] = useState(admission.ward);
  const [bed, setBed] = useState(admission.bed ?? '');
  useEffect(() => {
    setWard(admission.ward);
    setBed(admission.bed ?? '');
  }, [admission.ward, admission.bed]);
  const other = useWard(ward === own.ward ? null : ward);
  const info = ward === own.ward ? own : other.value;
  const open = (wards ?? [own]).filter((known) => may('manage-patients', known.ward));
  const stays = ward === admission.ward && bed === (admission.bed ?? '');
  const move = () => {
    const body: TransferRequest = { ward, bed: bed === '' ? null : bed };
    void change(`Now in ${nameOf(ward)}${bed === '' ? '' : `, bed ${bed}`}.`, 'PUT', ['bed'], body);
  };
  return (
    <Panel title="Bed">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!stays && info !== null) move();
        }}
      >
        <div className="field-grid">
          {open.length > 1 ? (
            <Choice
              label="Ward"
              value={ward}
              onChange={(next) => {
                setWard(next);
                setBed(next === admission.ward ? (admission.bed ?? '') : '');
              }}
              options={open.map((known) => ({ value: known.ward, words: known.name }))}
            />
          ) : null}
          <Choice
            label="Bed"
            value={bed}
            onChange={setBed}
            disabled={info === null}
            options={
              info === null ? [] : bedOptions(info, ward === own.ward ? admission.bed : null)
            }
          />
        </div>
        <Problem words={problem ?? other.problem} />
        <Done words={done} />
        <div className="page-actions">
          <BusyButton
            busy={busy}
            busyWords="Moving …"
            className="button"
            disabled={stays || info === null}
          >
            {ward === admission.ward ? 'Change bed' : 'Transfer'}
          </BusyButton>
        </div>
      </form>
    </Panel>
  );
}
