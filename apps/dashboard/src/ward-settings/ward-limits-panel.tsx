import type { WardInfo } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { LimitsFields } from '../patient-settings/limits-fields.js';
import { limitsForm, limitsOf, limitsWords, sameLimits } from '../patient-settings/limits-form.js';

interface Props {
  info: WardInfo;
  onChanged: (info: WardInfo) => void;
  mayChange: boolean;
}

/** The limits of every patient who has none of their own. */
export function WardLimitsPanel({ info, onChanged, mayChange }: Props) {
  const { busy, problem, run } = useAction();
  const [saved, setSaved] = useState(false);
  const [form, setForm] = useState(() => limitsForm(info.limits));
  const read = limitsOf(form);
  const unchanged = read.ok && sameLimits(read.limits, info.limits);
  const save = async () => {
    if (!read.ok) return;
    const path = apiPath('wards', info.ward, 'limits');
    const done = await run(() => request<WardInfo>('PUT', path, { limits: read.limits }));
    if (done === null) return;
    onChanged(done.value);
    setSaved(true);
  };
  if (!mayChange) {
    return (
      <Panel title="Alarm limits of the ward">
        <p className="page-note">{limitsWords(info.limits)}</p>
      </Panel>
    );
  }
  return (
    <Panel title="Alarm limits of the ward" note="for patients without limits of their own">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (read.ok && !unchanged) void save();
        }}
      >
        <LimitsFields
          form={form}
          onChange={(next) => {
            setSaved(false);
            setForm(next);
          }}
          problems={read.ok ? {} : read.problems}
        />
        <Problem words={problem} />
        <Done words={saved ? `In force: ${limitsWords(info.limits)}.` : null} />
        <div className="page-actions">
          <BusyButton
            busy={busy}
            busyWords="Saving …"
            className="button"
            disabled={!read.ok || unchanged}
          >
            Save limits
          </BusyButton>
        </div>
      </form>
    </Panel>
  );
}
