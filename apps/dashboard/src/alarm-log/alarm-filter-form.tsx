import { ALARM_RULE_NAMES, type AlarmPriority } from '@app/contracts';
import { type FormEvent, useEffect, useState } from 'react';
import { PRIORITY_WORDS, ruleWords } from '../alarms/alarm-words.js';
import { Choice } from '../controls/choice.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import { type AlarmFilters, NO_ALARM_FILTERS } from './alarm-filters.js';

interface Props {
  filters: AlarmFilters;
  patients: readonly { patient: string; words: string }[];
  onChange: (filters: AlarmFilters) => void;
}

const PRIORITIES: readonly AlarmPriority[] = ['high', 'medium', 'low'];

/** Asks when it is sent, so that half a date asks nothing. */
export function AlarmFilterForm({ filters, patients, onChange }: Props) {
  const [form, setForm] = useState(filters);
  useEffect(() => setForm(filters), [filters]);
  const set = (key: keyof AlarmFilters) => (value: string) => setForm({ ...form, [key]: value });
  return (
    <Panel title="Which alarms">
      <form
        className="field-grid filters"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onChange(form);
        }}
      >
        <Choice
          label="Patient"
          value={form.patient}
          onChange={set('patient')}
          options={[
            { value: '', words: 'Everybody' },
            ...patients.map(({ patient, words }) => ({ value: patient, words })),
          ]}
        />
        <Choice
          label="Alarm"
          value={form.rule}
          onChange={set('rule')}
          options={[
            { value: '', words: 'All' },
            ...ALARM_RULE_NAMES.map((rule) => ({ value: rule, words: ruleWords(rule) })),
          ]}
        />
        <Choice<AlarmPriority | ''>
          label="Priority"
          value={form.priority}
          onChange={set('priority')}
          options={[
            { value: '', words: 'All' },
            ...PRIORITIES.map((priority) => ({
              value: priority,
              words: `${PRIORITY_WORDS[priority].mark} ${PRIORITY_WORDS[priority].word}`,
            })),
          ]}
        />
        <Field label="From" type="datetime-local" value={form.from} onChange={set('from')} />
        <Field label="To" type="datetime-local" value={form.to} onChange={set('to')} />
        <div className="page-actions start">
          <button type="submit" className="button strong">
            Show
          </button>
          <button
            type="button"
            className="button plain"
            onClick={() => onChange({ ...NO_ALARM_FILTERS })}
          >
            Clear
          </button>
        </div>
      </form>
    </Panel>
  );
}
