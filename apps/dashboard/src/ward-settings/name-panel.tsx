import type { WardInfo } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { Problem } from '../controls/problem.js';

/** As the station accepts, characters. */
export const WARD_NAME_MAX = 80;

interface Props {
  info: WardInfo;
  onChanged: (info: WardInfo) => void;
}

export function NamePanel({ info, onChanged }: Props) {
  const { busy, problem, run } = useAction();
  const [name, setName] = useState(info.name);
  const wanted = name.trim();
  const save = async () => {
    const path = apiPath('wards', info.ward, 'name');
    const done = await run(() => request<WardInfo>('PUT', path, { name: wanted }));
    if (done !== null) onChanged(done.value);
  };
  return (
    <Panel title="Name" note={`id ${info.ward}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '' && wanted !== info.name) void save();
        }}
      >
        <Field
          label="Name of the ward"
          value={name}
          maxLength={WARD_NAME_MAX}
          onChange={setName}
          beside={
            <BusyButton
              busy={busy}
              busyWords="Saving …"
              className="button"
              disabled={wanted === '' || wanted === info.name}
            >
              Save name
            </BusyButton>
          }
        />
        <Problem words={problem} />
      </form>
    </Panel>
  );
}
