import type { LimitsPreview, PatientLimits } from '@app/contracts';
import { useId } from 'react';
import { monitoredWords, previewLines } from './preview-words.js';
import { useLimitsPreview } from './use-limits-preview.js';

/** Beneath the limits that are being chosen: what they would have meant. Nothing waits for it. */
export function LimitsPreviewPanel({
  patient,
  limits,
}: {
  patient: string;
  /** Undefined: what is typed is no set of limits. */
  limits: PatientLimits | undefined;
}) {
  const id = useId();
  const [previewing, again] = useLimitsPreview(patient, limits);
  return (
    <section className="limits-preview" aria-labelledby={id}>
      <h4 id={id}>With these limits, the last 24 h would have called</h4>
      <div role="status" aria-busy={previewing.state === 'counting'}>
        {previewing.state === 'none' ? <p>Nothing: they are not complete.</p> : null}
        {previewing.state === 'counting' ? <p>Counting …</p> : null}
        {previewing.state === 'failed' ? (
          <p>Cannot be counted now: {previewing.reason} They can be saved all the same.</p>
        ) : null}
        {previewing.state === 'here' ? <Counted preview={previewing.preview} /> : null}
      </div>
      {previewing.state === 'failed' ? (
        <button type="button" className="button" onClick={again}>
          Count again
        </button>
      ) : null}
    </section>
  );
}

function Counted({ preview }: { preview: LimitsPreview }) {
  return (
    <>
      <dl className="facts">
        {previewLines(preview).map(({ rule, words, alarms, lasted }) => (
          <div key={rule} className="fact">
            <dt>{words}</dt>
            <dd>
              {alarms}
              {lasted === '' ? null : `, ${lasted}`}
            </dd>
          </div>
        ))}
      </dl>
      <p>{monitoredWords(preview)}</p>
    </>
  );
}
