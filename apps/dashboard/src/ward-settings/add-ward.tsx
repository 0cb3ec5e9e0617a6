import { NAME_PATTERN, type WardInfo, type WardRequest } from '@app/contracts';
import { useState } from 'react';
import { request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { WARD_NAME_MAX } from './name-panel.js';

export function AddWard({ onAdded }: { onAdded: () => void }) {
  const { busy, problem, run } = useAction();
  const [ward, setWard] = useState('');
  const [name, setName] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const id = ward.trim();
  const wrong =
    id === '' || NAME_PATTERN.test(id)
      ? null
      : 'Letters, digits, dot, dash and underscore, at most 36, the first a letter or digit.';
  const complete = id !== '' && wrong === null && name.trim() !== '';
  const add = async () => {
    const body: WardRequest = { ward: id, name: name.trim() };
    const done = await run(() => request<WardInfo>('POST', '/api/wards', body));
    if (done === null) return;
    setAdded(`${body.name} is there: choose it above.`);
    setWard('');
    setName('');
    onAdded();
  };
  return (
    <Panel title="Another ward">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void add();
        }}
      >
        <div className="field-grid">
          <Field label="Name" value={name} maxLength={WARD_NAME_MAX} onChange={setName} />
          <Field
            label="Id"
            hint="Short, in addresses: 3-east"
            value={ward}
            onChange={setWard}
            autoCapitalize="none"
            spellCheck={false}
            problem={wrong}
          />
        </div>
        <Problem words={problem} />
        <Done words={added} />
        <div className="page-actions">
          <BusyButton busy={busy} busyWords="Adding …" className="button" disabled={!complete}>
            Add ward
          </BusyButton>
        </div>
      </form>
    </Panel>
  );
}
