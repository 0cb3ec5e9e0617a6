import type { PatientRecord, PatientState } from '@app/contracts';
import { useState } from 'react';
import { pauseNow } from '../alarms/audio-pause.js';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { BackIcon } from '../design/icons.js';
import { useSight } from '../session/use-session.js';
import { trustOf } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { tileView } from '../wall/tile-view.js';
import { patientWords } from '../ward/place-words.js';
import { AlarmPanel } from './alarm-panel.js';
import { DischargedPatient } from './discharged-patient.js';
import { FactsPanel } from './facts-panel.js';
import { NowPanel } from './now-panel.js';
import { OpenedAlarms } from './opened-alarms.js';
import { SignalPanel } from './signal-panel.js';
import { TrendPanel } from './trend-panel.js';
import { usePast } from './use-past.js';
import { usePatientRecord } from './use-patient-record.js';
import { useWardOfPatient } from './use-ward-of-patient.js';
import { WhyPanel } from '../why/why-panel.js';

/** One patient, closely. The alarms of the whole ward stay above. */
export function PatientPage({ patient, view }: { patient: string; view: StationView }) {
  const state = view.ward?.patients.get(patient) ?? null;
  const { value: record, problem } = usePatientRecord(patient, JSON.stringify(state?.admission));
  useWardOfPatient(record);
  const isOfNow = useReadInThisSight(record);
  if (state !== null && view.place !== null) {
    return (
      <>
        <AlarmStrip view={view} />
        <KnownPatient state={state} view={view} record={record} ward={view.place} />
      </>
    );
  }
  if (record !== null && record.admission === null && isOfNow) {
    return (
      <>
        <AlarmStrip view={view} />
        <DischargedPatient record={record} ward={view.place} />
      </>
    );
  }
  if (problem !== null) return <Message words={problem} />;
  return <Message words={view.refusal ?? 'Connecting to the station'} />;
}

/** The ward of who was discharged is not known here: when the session sees other wards, the station is asked first. */
function useReadInThisSight(record: PatientRecord | null): boolean {
  const sight = useSight();
  const [read, setRead] = useState({ record, sight });
  if (read.record !== record) setRead({ record, sight });
  return read.sight === sight;
}

interface Props {
  state: PatientState;
  view: StationView;
  record: PatientRecord | null;
  ward: string;
}

function KnownPatient({ state, view, record, ward }: Props) {
  const { view: shownTime, setView, history, opened, open } = usePast(state.patient);
  const { liveness, serverMs } = view;
  const shown = tileView(state, serverMs, trustOf(liveness));
  return (
    <main id="main" tabIndex={-1} className="patient">
      <NowPanel state={state} shown={shown} record={record} ward={ward} />
      <div className="patient-charts">
        <SignalPanel patient={state.patient} />
        <TrendPanel
          history={history}
          view={shownTime}
          onView={setView}
          nowMs={serverMs}
          limits={state.limits}
          moved={shown.movedHigh}
          onAlarms={open}
        />
        <OpenedAlarms opened={opened} open={open} />
        <WhyPanel key={state.patient} state={state} />
      </div>
      <div className="patient-side">
        <AlarmPanel
          patient={state.patient}
          paused={pauseNow(state.audioPause, serverMs) !== null}
          alarms={state.alarms}
          events={history.past?.events ?? []}
          onAlarms={open}
          serverMs={serverMs}
          who={patientWords(state)}
        />
        <FactsPanel state={state} shown={shown} />
      </div>
    </main>
  );
}

function Message({ words }: { words: string }) {
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>{words}</h2>
      <Link className="button" to={addresses.home}>
        <BackIcon /> Ward
      </Link>
    </main>
  );
}
