import type { PatientRecord } from '@app/contracts';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { useStationView } from '../app/use-station.js';
import { BackIcon } from '../design/icons.js';
import { dateAndTime } from '../words.js';
import { AlarmPanel } from './alarm-panel.js';
import { IdentityLine } from './identity-line.js';
import { OpenedAlarms } from './opened-alarms.js';
import { TrendPanel } from './trend-panel.js';
import { usePast } from './use-past.js';

/** Nothing live is shown of who is not here any more; what was measured can still be read. */
export function DischargedPatient({
  record,
  ward,
}: {
  record: PatientRecord;
  ward: string | null;
}) {
  const { serverMs } = useStationView();
  const { view, setView, history, opened, open } = usePast(record.patient);
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
        <TrendPanel
          history={history}
          view={view}
          onView={setView}
          nowMs={serverMs}
          limits={null}
          moved={null}
          onAlarms={open}
        />
        <OpenedAlarms opened={opened} open={open} />
      </div>
      <div className="patient-side">
        <AlarmPanel
          patient={record.patient}
          paused={false}
          alarms={[]}
          events={history.past?.events ?? []}
          serverMs={null}
          who={record.patient}
          onAlarms={open}
        />
      </div>
    </main>
  );
}
