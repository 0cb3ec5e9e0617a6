import type { WardInfo } from '@app/contracts';
import { addresses } from '../app/route.js';
import { Page, Reading } from '../controls/page.js';
import { useMay } from '../session/use-session.js';
import { useWard } from '../ward/use-ward.js';
import { useWards } from '../ward/use-wards.js';
import { AddWard } from './add-ward.js';
import { BedsPanel } from './beds-panel.js';
import { NamePanel } from './name-panel.js';
import { WardLimitsPanel } from './ward-limits-panel.js';

/** A ward's name, beds and limits. */
export function WardSettingsPage({ ward }: { ward: string }) {
  const info = useWard(ward);
  const wards = useWards();
  const may = useMay();
  const back = { to: addresses.wall(ward), words: 'Ward' };
  const mayManage = may('manage-wards', ward);
  const changed = (next: WardInfo) => {
    info.put(next);
    wards.reload();
  };
  if (info.value === null) {
    return (
      <Page title="Ward settings" back={back}>
        <Reading what="the ward" problem={info.problem} onAgain={info.reload} />
      </Page>
    );
  }
  return (
    <Page title="Ward settings" back={back} wide>
      <div className="page-columns">
        <WardLimitsPanel
          info={info.value}
          onChanged={changed}
          mayChange={may('set-ward-limits', ward)}
        />
        <BedsPanel info={info.value} onChanged={changed} mayChange={mayManage} />
        {mayManage ? <NamePanel info={info.value} onChanged={changed} /> : null}
        {may('manage-wards', null) ? <AddWard onAdded={wards.reload} /> : null}
      </div>
    </Page>
  );
}
