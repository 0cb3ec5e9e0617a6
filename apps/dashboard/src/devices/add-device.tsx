import { type DeviceSecret, NAME_PATTERN } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { Problem } from '../controls/problem.js';

interface Props {
  ward: string;
  onAdded: (secret: DeviceSecret) => void;
}

export function AddDevice({ ward, onAdded }: Props) {
  const { busy, problem, run } = useAction();
  const [device, setDevice] = useState('');
  const name = device.trim();
  const wrong =
    name === '' || NAME_PATTERN.test(name)
      ? null
      : 'Letters, digits, dot, dash and underscore, at most 36, the first a letter or digit.';
  const add = async () => {
    const done = await run(() =>
      request<DeviceSecret>('POST', apiPath('wards', ward, 'devices'), { device: name }),
    );
    if (done === null) return;
    setDevice('');
    onAdded(done.value);
  };
  return (
    <Panel title="Add a device">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== '' && wrong === null) void add();
        }}
      >
        <Field
          label="Name"
          hint="As on its label: watch-7"
          value={device}
          onChange={setDevice}
          autoCapitalize="none"
          spellCheck={false}
          problem={wrong}
          beside={
            <BusyButton busy={busy} busyWords="Adding …" disabled={name === '' || wrong !== null}>
              Add
            </BusyButton>
          }
        />
        <Problem words={problem} />
      </form>
    </Panel>
  );
}
