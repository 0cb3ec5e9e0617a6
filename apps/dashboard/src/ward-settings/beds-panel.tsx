import type { WardInfo } from '@app/contracts';
import { useState } from 'react';
import { type Answer, apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { useStationView } from '../app/use-station.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { Problem } from '../controls/problem.js';
import { whoseWords } from '../ward/place-words.js';
import { bedNames } from './bed-names.js';

interface Props {
  info: WardInfo;
  onChanged: (info: WardInfo) => void;
  mayChange: boolean;
}

/** The beds in the order of the wall. */
export function BedsPanel({ info, onChanged, mayChange }: Props) {
  const { ward } = useStationView();
  return (
    <Panel title="Beds" note="in the order of the wall">
      {info.beds.length === 0 ? <p className="page-note">No beds yet.</p> : null}
      <ul className="rows">
        {info.beds.map(({ bed, patient }) => (
          <li key={bed} className="row" data-bed={bed}>
            <div>
              <b>{bed}</b>
              <span>{patient === null ? 'free' : `taken: ${whoseWords(ward, patient)}`}</span>
            </div>
            {mayChange && patient === null ? (
              <RemoveBed ward={info.ward} bed={bed} onChanged={onChanged} />
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? <AddBeds info={info} onChanged={onChanged} /> : null}
    </Panel>
  );
}

interface RemoveProps {
  ward: string;
  bed: string;
  onChanged: (info: WardInfo) => void;
}

function RemoveBed({ ward, bed, onChanged }: RemoveProps) {
  const { busy, problem, run } = useAction();
  const remove = async () => {
    const path = apiPath('wards', ward, 'beds', bed);
    const done = await run(() => request<WardInfo>('DELETE', path));
    if (done !== null) onChanged(done.value);
  };
  return (
    <>
      <BusyButton
        type="button"
        className="button"
        busy={busy}
        busyWords="Removing …"
        onClick={() => void remove()}
        aria-label={`Remove bed ${bed}`}
      >
        Remove
      </BusyButton>
      <Problem words={problem} />
    </>
  );
}

function AddBeds({ info, onChanged }: Omit<Props, 'mayChange'>) {
  const { busy, problem, run } = useAction();
  const [text, setText] = useState('');
  const read = bedNames(text);
  const add = async (beds: readonly string[]) => {
    const done = await run(async (): Promise<Answer<WardInfo>> => {
      let last: Answer<WardInfo> = { ok: true, value: info };
      // One after the other: their order is that of the wall. Those that are there already stay as they are.
      for (const bed of beds.filter((name) => !info.beds.some((known) => known.bed === name))) {
        last = await request<WardInfo>('POST', apiPath('wards', info.ward, 'beds'), { bed });
        if (!last.ok) return last;
        onChanged(last.value);
      }
      return last;
    });
    if (done !== null) setText('');
  };
  return (
    <form
      className="sub-form"
      noValidate
      aria-label="Add beds"
      onSubmit={(event) => {
        event.preventDefault();
        if (read.ok && read.beds.length > 0) void add(read.beds);
      }}
    >
      <Field
        label="More beds"
        hint="One or several: 1-8, W1, Window"
        value={text}
        onChange={setText}
        problem={read.ok ? null : read.problem}
        beside={
          <BusyButton
            busy={busy}
            busyWords="Adding …"
            className="button"
            disabled={!read.ok || read.beds.length === 0}
          >
            Add beds
          </BusyButton>
        }
      />
      <Problem words={problem} />
    </form>
  );
}
