import { addresses } from '../app/route.js';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { Page, Reading } from '../controls/page.js';
import { IdentityLine } from '../patient/identity-line.js';
import { usePatientRecord } from '../patient/use-patient-record.js';
import { useWardOfPatient } from '../patient/use-ward-of-patient.js';
import { useMay } from '../session/use-session.js';
import type { StationView } from '../station/station.js';
import { useWard } from '../ward/use-ward.js';
import { BedPanel } from './bed-panel.js';
import { DevicesPanel } from './devices-panel.js';
import { DischargePanel } from './discharge-panel.js';
import { IdentityPanel } from './identity-panel.js';
import { LimitsPanel } from './limits-panel.js';
import { OffWardPanel } from './off-ward-panel.js';

/** All that can be set of one patient. */
export function PatientSettingsPage({ patient, view }: { patient: string; view: StationView }) {
  const told = view.ward?.patients.get(patient)?.admission;
  const record = usePatientRecord(patient, JSON.stringify(told));
  const admission = record.value?.admission ?? null;
  const ward = useWard(admission?.ward ?? null, JSON.stringify(told));
  const may = useMay();
  useWardOfPatient(record.value);
  const back = { to: addresses.patient(patient), words: 'Patient' };
  if (record.value === null) {
    return (
      <Page title="Settings" back={back}>
        <Reading what="the patient" problem={record.problem} onAgain={record.reload} />
      </Page>
    );
  }
  if (admission === null) {
    return (
      <Page title="Settings" back={back}>
        <p className="page-note">This patient is not admitted: there is nothing to set.</p>
      </Page>
    );
  }
  if (ward.value === null) {
    return (
      <Page title="Settings" back={back}>
        <Reading what="the ward" problem={ward.problem} onAgain={ward.reload} />
      </Page>
    );
  }
  if (!may('manage-patients', admission.ward)) {
    return (
      <Page title="Settings" back={back}>
        <p className="page-note">Who is signed in here may not change anything of this patient.</p>
      </Page>
    );
  }
  const props = {
    record: record.value,
    admission,
    ward: ward.value,
    onChanged: record.put,
  };
  return (
    <>
      <AlarmStrip view={view} />
      <Page title="Settings" back={back} beside={<IdentityLine record={record.value} />} wide>
        <div className="page-columns">
          <LimitsPanel {...props} />
          <DevicesPanel {...props} view={view} />
          <OffWardPanel {...props} />
          <BedPanel {...props} />
          <IdentityPanel key={record.value.identity === null ? 'hidden' : 'known'} {...props} />
          <DischargePanel {...props} />
        </div>
      </Page>
    </>
  );
}
