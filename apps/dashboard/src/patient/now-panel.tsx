import type { PatientRecord, PatientState } from '@app/contracts';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { BackIcon } from '../design/icons.js';
import { useMay } from '../session/use-session.js';
import { ActivityMark, BatteryMark, LinkMark, OriginMark, QualityMark } from '../wall/marks.js';
import { OffWard } from '../wall/off-ward.js';
import { Rate } from '../wall/rate.js';
import { RateScale } from '../wall/rate-scale.js';
import type { TileView } from '../wall/tile-view.js';
import { age } from '../words.js';
import { IdentityLine } from './identity-line.js';

interface Props {
  state: PatientState;
  shown: TileView;
  record: PatientRecord | null;
  ward: string;
}

/** Who it is, and how it stands this second. */
export function NowPanel({ state, shown, record, ward }: Props) {
  const may = useMay();
  return (
    <section className="panel patient-now" aria-label="Now">
      <div className="patient-title">
        <Link className="button" to={addresses.wall(ward)}>
          <BackIcon /> Ward
        </Link>
        {may('manage-patients', ward) ? (
          <Link className="button" to={addresses.patientSettings(state.patient)}>
            Settings
          </Link>
        ) : null}
        <IdentityLine record={record} />
        <OriginMark origin={state.origin} />
        {shown.offWard === null ? null : <OffWard words={shown.offWard} />}
      </div>
      <div className="patient-rate">
        <Rate rate={shown.rate} />
        <RateScale rate={shown.rate} limits={state.limits} moved={shown.movedHigh} />
      </div>
      <div className="patient-marks">
        <ActivityMark activity={shown.activity} posture={state.vital?.activity.posture ?? null} />
        <QualityMark quality={shown.quality} />
        <LinkMark connection={shown.connection} words />
        <BatteryMark battery={shown.battery} />
        {shown.ageMs === null ? null : <span>Value: {age(shown.ageMs)}</span>}
      </div>
    </section>
  );
}
