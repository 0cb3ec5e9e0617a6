import type { PatientRecord } from '@app/contracts';
import { useState } from 'react';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { BackIcon } from '../design/icons.js';
import { dateAndTime } from '../words.js';
import { AlarmPanel } from './alarm-panel.js';
import { IdentityLine } from './identity-line.js';
import { TREND_RANGES, type TrendRange } from './trend.js';
import { TrendPanel } from './trend-panel.js';
import { useHistory } from './use-history.js';

/** Nothing live is shown of who is not here any more; what was measured can still be read. */
export function DischargedPatient({
  record,
  ward,
}: {
  record: PatientRecord;
  ward: string | null;
}) {
  const [range, setRange] = useState<TrendRange>(TREND_RANGES[0]);
  const history = useHistory(record.patient, range);
  const events = history.state === 'loading' ? [] : (history.history?.events ?? []);
  return (
    <main id="main" tabIndex={-1} className="patient">
      <section className="panel patient-now" aria-label="Now">
        <div className="patient-title">
          <Link className="button" to={ward === null ? addresses.home : addresses.wall(ward)}>
            <BackIcon /> Ward
          </Link>
          <IdentityLine record={record} />
        </div>
        <p>
          {record.dischargedMs === null
            ? 'Not admitted.'
            : `Discharged ${dateAndTime(record.dischargedMs)}.`}{' '}
          Nothing is measured any more.
        </p>
      </section>
      <div className="patient-charts">
        <TrendPanel history={history} range={range} onRange={setRange} limits={null} />
      </div>
      <div className="patient-side">
        <AlarmPanel alarms={[]} events={events} serverMs={null} who={record.patient} />
      </div>
    </main>
  );
}
