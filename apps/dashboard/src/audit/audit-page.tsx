import type { AuditEntry } from '@app/contracts';
import { Pager } from '../controls/pager.js';
import { useState } from 'react';
import { useResource } from '../api/use-resource.js';
import { addresses } from '../app/route.js';
import { useStationView } from '../app/use-station.js';
import { Page, Reading } from '../controls/page.js';
import { useMay } from '../session/use-session.js';
import { useWards } from '../ward/use-wards.js';
import { AuditFilterForm } from './audit-filter-form.js';
import {
  AUDIT_PAGE,
  type AuditFilters,
  NO_FILTERS,
  auditPath,
  auditQuery,
} from './audit-filters.js';
import { AuditList } from './audit-list.js';
import { useAuditPeople } from './use-audit-people.js';

/** No ward has this id: only who may see all of them may see it. */
const EVERY_WARD = '';

/** Who did what, when, and what was different after it. */
export function AuditPage() {
  const may = useMay();
  const { wards } = useWards();
  const { place } = useStationView();
  const everywhere = may('see-audit', EVERY_WARD);
  const seen = (wards ?? []).filter(({ ward }) => may('see-audit', ward));
  const back = { to: addresses.home, words: 'Ward' };
  if (!may('see-audit', null)) {
    return (
      <Page title="Audit" back={back}>
        <p className="page-note">The audit is read by charge nurses and administrators.</p>
      </Page>
    );
  }
  if (wards === null) {
    return (
      <Page title="Audit" back={back}>
        <Reading what="the wards" problem={null} onAgain={() => undefined} />
      </Page>
    );
  }
  const own = seen.find(({ ward }) => ward === place) ?? seen[0];
  return (
    <Page title="Who did what" back={back} wide>
      <AuditReader
        wards={seen}
        everywhere={everywhere}
        first={{ ...NO_FILTERS, ward: everywhere ? '' : (own?.ward ?? '') }}
      />
    </Page>
  );
}

interface ReaderProps {
  wards: readonly { ward: string; name: string }[];
  /** May read what belongs to no ward too. */
  everywhere: boolean;
  first: AuditFilters;
}

function AuditReader({ wards, everywhere, first }: ReaderProps) {
  const [filters, setFilters] = useState(first);
  /** Of the pages before this one: with which id each began. */
  const [pages, setPages] = useState<readonly number[]>([]);
  const before = pages.at(-1) ?? null;
  const entries = useResource<AuditEntry[]>(auditPath(auditQuery(filters, before)));
  const people = useAuditPeople(entries.value ?? []);
  const last = entries.value?.at(-1);
  const more = entries.value !== null && entries.value.length >= AUDIT_PAGE && last !== undefined;
  return (
    <>
      <AuditFilterForm
        filters={filters}
        none={first}
        wards={wards}
        everywhere={everywhere}
        people={people}
        onChange={(next) => {
          setFilters(next);
          setPages([]);
        }}
      />
      {entries.problem !== null || entries.value === null ? (
        <Reading what="the audit" problem={entries.problem} onAgain={entries.reload} />
      ) : null}
      {entries.value === null ? null : <AuditList entries={entries.value} />}
      <Pager what="the audit" pages={pages} lastId={more ? last.id : null} onPages={setPages} />
    </>
  );
}
