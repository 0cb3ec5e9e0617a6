import type { AlarmLimits, PatientLimits } from '@app/contracts';
import { useState } from 'react';
import { BusyButton } from '../controls/busy-button.js';
import { Choices } from '../controls/choices.js';
import { Panel } from '../controls/panel.js';
import { Done, Problem } from '../controls/problem.js';
import { useMay } from '../session/use-session.js';
import { LimitsFields } from './limits-fields.js';
import { LimitsPreviewPanel } from './limits-preview.js';
import { limitsForm, limitsOf, limitsWords, sameLimits } from './limits-form.js';
import type { PanelProps } from './panel-props.js';
import { useChange } from './use-change.js';

/** The ward's limits, or the patient's own. */
export function LimitsPanel({ record, admission, ward, onChanged }: PanelProps) {
  const maySet = useMay()('set-patient-limits', admission.ward);
  const { busy, problem, done, change } = useChange(record.patient, onChanged);
  const [own, setOwn] = useState(record.limits !== null);
  const [form, setForm] = useState(() => limitsForm(record.limits ?? ward.limits));
  const read = limitsOf(form);
  const wanted: PatientLimits | undefined = own ? (read.ok ? read.limits : undefined) : null;
  const unchanged = wanted !== undefined && same(wanted, record.limits);
  const save = (limits: PatientLimits) =>
    void change(
      limits === null ? 'Follows the ward.' : `Now ${limitsWords(limits)}.`,
      'PUT',
      ['limits'],
      { limits },
    );
  return (
    <Panel title="Alarm limits">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== undefined && !unchanged) save(wanted);
        }}
      >
        <Choices
          label="Which limits are in force"
          value={own ? 'own' : 'ward'}
          onChange={(choice) => setOwn(choice === 'own')}
          options={[
            { value: 'ward', words: 'Those of the ward', hint: limitsWords(ward.limits) },
            { value: 'own', words: 'The patient’s own' },
          ]}
        />
        {own ? (
          <LimitsFields form={form} onChange={setForm} problems={read.ok ? {} : read.problems} />
        ) : null}
        {maySet ? <LimitsPreviewPanel patient={record.patient} limits={wanted} /> : null}
        <Problem words={problem} />
        <Done words={done} />
        {maySet ? (
          <div className="page-actions">
            <BusyButton
              busy={busy}
              busyWords="Saving …"
              className="button"
              disabled={wanted === undefined || unchanged}
            >
              Save limits
            </BusyButton>
          </div>
        ) : null}
      </form>
    </Panel>
  );
}

function same(a: PatientLimits, b: AlarmLimits | null): boolean {
  return a === null || b === null ? a === b : sameLimits(a, b);
}
