import type { DeviceInfo, DeviceSecret } from '@app/contracts';
import { useState } from 'react';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { useStationView } from '../app/use-station.js';
import { Page, Reading } from '../controls/page.js';
import { Panel } from '../controls/panel.js';
import { useMay } from '../session/use-session.js';
import { whoseWords } from '../ward/place-words.js';
import { useWards } from '../ward/use-wards.js';
import { OriginMark } from '../wall/marks.js';
import { dateAndTime } from '../words.js';
import { AddDevice } from './add-device.js';
import { DeviceLabel } from './device-label.js';
import { RemoveDevice } from './remove-device.js';
import { RenewSecret } from './renew-secret.js';
import { SecretPanel } from './secret-panel.js';
import { useWardDevices } from './use-ward-devices.js';

type Asked = { what: 'renew' | 'remove' | 'label'; device: DeviceInfo } | null;

/** The devices of a ward: who wears which, and what lets them in. */
export function DevicesPage({ ward }: { ward: string }) {
  const { ward: state } = useStationView();
  const { nameOf } = useWards();
  const may = useMay();
  const devices = useWardDevices(ward);
  const [secret, setSecret] = useState<DeviceSecret | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const back = { to: addresses.wall(ward), words: 'Ward' };
  const mayChange = may('manage-devices', ward);
  const told = (next: DeviceSecret) => {
    setSecret(next);
    devices.reload();
  };
  const close = () => setAsked(null);
  return (
    <Page title={`Devices of ${nameOf(ward)}`} back={back} wide>
      {secret === null ? null : <SecretPanel secret={secret} onClose={() => setSecret(null)} />}
      {mayChange ? <AddDevice ward={ward} onAdded={told} /> : null}
      <Panel title="In the list" note={devices.value === null ? null : `${devices.value.length}`}>
        {devices.value === null || devices.problem !== null ? (
          <Reading what="the devices" problem={devices.problem} onAgain={devices.reload} />
        ) : null}
        {devices.value?.length === 0 ? <p className="page-note">No devices yet.</p> : null}
        <ul className="rows">
          {devices.value?.map((info) => (
            <li key={info.device} className="row" data-device={info.device}>
              <div>
                <b>{info.device}</b> <OriginMark origin={info.origin} />
                <span>
                  <Wearer info={info} words={whoseWords(state, info.patient ?? '')} />, added{' '}
                  {dateAndTime(info.addedMs)}
                </span>
              </div>
              <div className="row-actions">
                <button
                  type="button"
                  className="button"
                  onClick={() => setAsked({ what: 'label', device: info })}
                  aria-label={`Label of ${info.device}`}
                >
                  Label
                </button>
                {mayChange ? (
                  <>
                    <button
                      type="button"
                      className="button"
                      onClick={() => setAsked({ what: 'renew', device: info })}
                      aria-label={`New secret for ${info.device}`}
                    >
                      New secret
                    </button>
                    <button
                      type="button"
                      className="button"
                      onClick={() => setAsked({ what: 'remove', device: info })}
                      aria-label={`Remove ${info.device}`}
                    >
                      Remove
                    </button>
                  </>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </Panel>
      {asked?.what === 'label' ? (
        <DeviceLabel device={asked.device.device} onClose={close} />
      ) : null}
      {asked?.what === 'renew' ? (
        <RenewSecret device={asked.device.device} onRenewed={told} onClose={close} />
      ) : null}
      {asked?.what === 'remove' ? (
        <RemoveDevice info={asked.device} onRemoved={devices.reload} onClose={close} />
      ) : null}
    </Page>
  );
}

function Wearer({ info, words }: { info: DeviceInfo; words: string }) {
  if (info.patient === null) return <>Free</>;
  return (
    <>
      Worn by <Link to={addresses.patient(info.patient)}>{words}</Link>
    </>
  );
}
