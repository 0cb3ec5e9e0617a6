import { type FormEvent, useEffect, useState } from 'react';
import { Choice } from '../controls/choice.js';
import { Field } from '../controls/field.js';
import { Panel } from '../controls/panel.js';
import type { AuditFilters } from './audit-filters.js';
import { AUDIT_ACTIONS, actionWords } from './audit-words.js';

interface Props {
  filters: AuditFilters;
  /** What clearing them leads back to. */
  none: AuditFilters;
  wards: readonly { ward: string; name: string }[];
  everywhere: boolean;
  people: readonly { id: string; name: string }[];
  onChange: (filters: AuditFilters) => void;
}

/** Asks when it is sent, so that half a word asks nothing. */
export function AuditFilterForm({ filters, none, wards, everywhere, people, onChange }: Props) {
  const [form, setForm] = useState(filters);
  useEffect(() => setForm(filters), [filters]);
  const set = (key: keyof AuditFilters) => (value: string) => setForm({ ...form, [key]: value });
  return (
    <Panel title="Which entries">
      <form
        className="field-grid filters"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onChange(form);
        }}
      >
        <Choice
          label="Ward"
          value={form.ward}
          onChange={set('ward')}
          options={[
            ...(everywhere ? [{ value: '', words: 'All, and what belongs to none' }] : []),
            ...wards.map(({ ward, name }) => ({ value: ward, words: name })),
          ]}
        />
        <Choice
          label="Person"
          value={form.person}
          onChange={set('person')}
          options={[
            { value: '', words: 'Everybody' },
            ...withChosen(people, form.person).map(({ id, name }) => ({ value: id, words: name })),
          ]}
        />
        <Choice
          label="Action"
          value={form.action}
          onChange={set('action')}
          options={[
            { value: '', words: 'All' },
            ...AUDIT_ACTIONS.map((action) => ({ value: action, words: actionWords(action) })),
          ]}
        />
        <Field
          label="About"
          hint="Patient, device, person or ward: its id"
          value={form.subject}
          onChange={set('subject')}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field label="From" type="datetime-local" value={form.from} onChange={set('from')} />
        <Field label="To" type="datetime-local" value={form.to} onChange={set('to')} />
        <div className="page-actions start">
          <button type="submit" className="button strong">
            Show
          </button>
          <button type="button" className="button plain" onClick={() => onChange({ ...none })}>
            Clear
          </button>
        </div>
      </form>
    </Panel>
  );
}

/** A person who is asked for stays in the list, also while no entry is. */
function withChosen(people: Props['people'], chosen: string): Props['people'] {
  const known = chosen === '' || people.some(({ id }) => id === chosen);
  return known ? people : [{ id: chosen, name: chosen }, ...people];
}
