import type { AuditEntry } from '@app/contracts';
import { useWards } from '../ward/use-wards.js';
import { dateAndTime } from '../words.js';
import { differences } from './audit-diff.js';
import { actionWords } from './audit-words.js';

/** Newest first. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <p className="page-note">Nothing of this kind is recorded.</p>;
  return (
    <ol className="audit" aria-label="Entries, newest first">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { nameOf } = useWards();
  const { action, atMs, name, role, person, subjectType, subject, ward, reason } = entry;
  return (
    <li className="panel audit-entry" data-action={action}>
      <div className="audit-head">
        <b>{actionWords(action)}</b>
        <span>
          {subjectType} <code>{subject}</code>
        </span>
        <time>{dateAndTime(atMs)}</time>
      </div>
      <p className="audit-who">
        {name}
        {role === 'station' || role === 'command-line' ? null : (
          <>
            {' '}
            (<code>{person}</code>)
          </>
        )}
        {ward === null ? null : `, ${nameOf(ward)}`}
        {reason === null ? null : <q>{reason}</q>}
      </p>
      <Differences entry={entry} />
    </li>
  );
}

function Differences({ entry: { before, after } }: { entry: AuditEntry }) {
  const all = differences(before, after);
  if (all.length === 0) return null;
  return (
    <table className="differences">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {all.map((difference) => (
          <tr key={difference.what}>
            <th scope="row">{difference.what}</th>
            <td>{difference.before ?? '—'}</td>
            <td>{difference.after ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
