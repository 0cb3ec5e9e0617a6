import type { AdmitRequest, BodyPosition, MonitoringMode, PatientRecord } from '@app/contracts';
import { useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { addresses } from '../app/route.js';
import { navigate, useQuery } from '../app/use-route.js';
import { Choice } from '../controls/choice.js';
import { Choices } from '../controls/choices.js';
import { Page, Reading } from '../controls/page.js';
import { Panel } from '../controls/panel.js';
import { Problem } from '../controls/problem.js';
import { useWardDevices } from '../devices/use-ward-devices.js';
import { useMay, useNowMs } from '../session/use-session.js';
import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { useWard } from '../ward/use-ward.js';
import { useWards } from '../ward/use-wards.js';
import { dayOf } from '../words.js';
import { bedOptions } from './bed-options.js';
import { ConfirmIdentity } from './confirm-identity.js';
import { DeviceField } from './device-field.js';
import { deviceOfCode } from './device-code.js';
import { IdentityFields } from './identity-fields.js';
import { EMPTY_IDENTITY, identityOf, identityProblems } from './identity-form.js';
import { MODE_OPTIONS, POSITION_OPTIONS, POSITION_WORDS } from './worn-form.js';

/** Admits a patient, with a device or without. */
export function AdmitPage({ ward, view }: { ward: string; view: StationView }) {
  const may = useMay();
  const { nameOf } = useWards();
  const back = { to: addresses.wall(ward), words: 'Ward' };
  if (!may('manage-patients', ward)) {
    return (
      <Page title="Admit a patient" back={back}>
        <p className="page-note">Who is signed in here may not admit patients to {nameOf(ward)}.</p>
      </Page>
    );
  }
  return (
    <Page title="Admit a patient" back={back}>
      <AdmitForm ward={ward} view={view} />
    </Page>
  );
}

function AdmitForm({ ward, view }: { ward: string; view: StationView }) {
  const query = useQuery();
  const info = useWard(ward);
  const devices = useWardDevices(ward);
  const { busy, problem, run, clear } = useAction();
  const today = dayOf(useNowMs());
  const [identity, setIdentity] = useState(EMPTY_IDENTITY);
  const [bed, setBed] = useState(query.get('bed') ?? '');
  const [device, setDevice] = useState(query.get('device') ?? '');
  const [position, setPosition] = useState<BodyPosition>('wrist');
  const [mode, setMode] = useState<MonitoringMode>('continuous');
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  if (info.value === null) {
    return <Reading what="the ward" problem={info.problem} onAgain={info.reload} />;
  }
  const problems = identityProblems(identity, today);
  const named = device.trim();
  const deviceProblem =
    named !== '' && deviceOfCode(named) === null ? 'This is no name of a device.' : null;
  const complete = Object.keys(problems).length === 0 && deviceProblem === null;

  const admit = async () => {
    const worn = { device: deviceOfCode(named) ?? '', position, mode };
    const body: AdmitRequest = {
      ...identityOf(identity),
      bed: bed === '' ? null : bed,
      ...(named === '' ? {} : { device: worn }),
    };
    const done = await run(() =>
      request<PatientRecord>('POST', apiPath('wards', ward, 'patients'), body),
    );
    if (done !== null) navigate(addresses.wall(ward));
  };
  return (
    <>
      <form
        className="page-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          clear();
          if (complete) setConfirming(true);
        }}
      >
        <Panel title="Patient">
          <IdentityFields
            form={identity}
            onChange={setIdentity}
            problems={tried ? problems : {}}
            today={today}
          >
            <Choice label="Bed" value={bed} onChange={setBed} options={bedOptions(info.value)} />
          </IdentityFields>
        </Panel>
        <Panel title="Device" note="can also be given later">
          <DeviceField
            value={device}
            onChange={setDevice}
            devices={devices.value ?? []}
            strays={view.place === ward ? (view.ward?.strays ?? []) : []}
            whose={(patient) => whoseWords(view.ward, patient)}
            problem={tried ? deviceProblem : null}
          />
          {named === '' ? null : (
            <div className="field-grid">
              <Choice
                label="Worn on"
                value={position}
                onChange={setPosition}
                options={POSITION_OPTIONS}
              />
              <Choices label="Monitoring" value={mode} onChange={setMode} options={MODE_OPTIONS} />
            </div>
          )}
        </Panel>
        {tried && !complete ? <Problem words="Something is missing above." /> : null}
        <div className="page-actions">
          <button type="submit" className="button strong">
            Go on: compare the identity
          </button>
        </div>
      </form>
      {confirming ? (
        <ConfirmIdentity
          identity={identityOf(identity)}
          place={placeOf(bed, named, position)}
          busy={busy}
          problem={problem}
          onConfirm={() => void admit()}
          onClose={() => setConfirming(false)}
        />
      ) : null}
    </>
  );
}

function placeOf(bed: string, device: string, position: BodyPosition): string {
  const where = bed === '' ? 'No bed yet' : `Bed ${bed}`;
  if (device === '') return `${where}, no device yet.`;
  const on = position === 'unspecified' ? '' : ` on the ${POSITION_WORDS[position].toLowerCase()}`;
  return `${where}, ${deviceOfCode(device) ?? device}${on}, from now on.`;
}
