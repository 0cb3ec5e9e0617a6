import type { PatientState } from '@app/contracts';
import { useState } from 'react';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { Link } from '../app/link.js';
import { BackIcon } from '../design/icons.js';
import { trustOf } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { age } from '../words.js';
import { ActivityMark, BatteryMark, LinkMark, OriginMark, QualityMark } from '../wall/marks.js';
import { Rate } from '../wall/rate.js';
import { RateScale } from '../wall/rate-scale.js';
import { type TileView, tileView } from '../wall/tile-view.js';
import { AlarmPanel } from './alarm-panel.js';
import { FactsPanel } from './facts-panel.js';
import { SignalPanel } from './signal-panel.js';
import { TREND_RANGES, type TrendRange } from './trend.js';
import { TrendPanel } from './trend-panel.js';
import { useHistory } from './use-history.js';
import { WhyPanel } from '../why/why-panel.js';

/** One patient, closely. The alarms of the whole ward stay above. */
export function PatientPage({ patient, view }: { patient: string; view: StationView }) {
  const state = view.ward?.patients.get(patient) ?? null;
  if (view.ward === null) return <Message words="Connecting to the station" />;
  if (state === null) return <Message words={`There is no patient ${patient} on this ward`} />;
  return (
    <>
      <AlarmStrip view={view} />
      <KnownPatient state={state} view={view} />
    </>
  );
}

function KnownPatient({ state, view }: { state: PatientState; view: StationView }) {
  const [range, setRange] = useState<TrendRange>(TREND_RANGES[0]);
  const history = useHistory(state.patient, range);
  const { liveness, serverMs } = view;
  const shown = tileView(state, serverMs, trustOf(liveness));
  const events = history.state === 'loading' ? [] : (history.history?.events ?? []);
  return (
    <main id="main" tabIndex={-1} className="patient">
      <Now state={state} shown={shown} />
      <div className="patient-charts">
        <SignalPanel patient={state.patient} />
        <TrendPanel history={history} range={range} onRange={setRange} limits={state.limits} />
        <WhyPanel key={state.patient} state={state} />
      </div>
      <div className="patient-side">
        <AlarmPanel alarms={state.alarms} events={events} serverMs={serverMs} />
        <FactsPanel state={state} shown={shown} />
      </div>
    </main>
  );
}

function Now({ state, shown }: { state: PatientState; shown: TileView }) {
  return (
    <section className="panel patient-now" aria-label="Now">
      <div className="patient-title">
        <Link className="button" to="/">
          <BackIcon /> Ward
        </Link>
        <OriginMark origin={state.origin} />
      </div>
      <div className="patient-rate">
        <Rate rate={shown.rate} />
        <RateScale rate={shown.rate} limits={state.limits} />
      </div>
      <div className="patient-marks">
        <ActivityMark activity={shown.activity} />
        <QualityMark quality={shown.quality} />
        <LinkMark connection={shown.connection} words />
        <BatteryMark battery={shown.battery} />
        {shown.ageMs === null ? null : <span>Value: {age(shown.ageMs)}</span>}
      </div>
    </section>
  );
}

function Message({ words }: { words: string }) {
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>{words}</h2>
      <Link className="button" to="/">
        <BackIcon /> Ward
      </Link>
    </main>
  );
}
