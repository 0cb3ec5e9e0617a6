import type { AlarmLogEntry } from '@app/contracts';
import { Pager } from '../controls/pager.js';
import { useState } from 'react';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { useResource } from '../api/use-resource.js';
import { useSettled } from '../api/use-settled.js';
import { addresses } from '../app/route.js';
import { Page, Reading } from '../controls/page.js';
import type { StationView } from '../station/station.js';
import { patientWords } from '../ward/place-words.js';
import {
  ALARM_PAGE,
  type AlarmFilters,
  NO_ALARM_FILTERS,
  alarmLogPath,
  alarmQuery,
} from './alarm-filters.js';
import { AlarmFilterForm } from './alarm-filter-form.js';
import { AlarmLogList } from './alarm-log-list.js';
import { filterPatients } from './filter-patients.js';

/** The log is written a moment after the alarm is on the wall, ms. */
const WRITTEN_AFTER_MS = 1000;

/** Every change of every alarm of a ward. The alarms of now stay above. */
export function AlarmLogPage({ ward, view }: { ward: string; view: StationView }) {
  const [filters, setFilters] = useState<AlarmFilters>(NO_ALARM_FILTERS);
  /** Of the pages before this one: with which id each began. */
  const [pages, setPages] = useState<readonly number[]>([]);
  const onWall = [...(view.ward?.patients.values() ?? [])];
  const alarms = [...onWall.flatMap((state) => state.alarms), ...(view.ward?.alarms ?? [])];
  const news = alarms.map(({ id }) => id).join(' ');
  const before = pages.at(-1) ?? null;
  const entries = useResource<AlarmLogEntry[]>(
    alarmLogPath(ward, alarmQuery(filters, before)),
    useSettled(news, WRITTEN_AFTER_MS),
  );
  const last = entries.value?.at(-1);
  const more = entries.value !== null && entries.value.length >= ALARM_PAGE && last !== undefined;
  const known = onWall.map((state) => ({ patient: state.patient, words: patientWords(state) }));
  const labels = new Map(
    onWall.map(({ patient, admission }) => [patient, admission?.label ?? patient]),
  );
  labels.set(`ward:${ward}`, 'The ward itself');
  return (
    <>
      <AlarmStrip view={view} />
      <Page title="Alarm log" back={{ to: addresses.wall(ward), words: 'Ward' }} wide>
        <AlarmFilterForm
          filters={filters}
          patients={filterPatients(
            known,
            ward,
            (entries.value ?? []).map(({ event }) => event.patient),
            filters.patient,
          )}
          onChange={(next) => {
            setFilters(next);
            setPages([]);
          }}
        />
        {entries.problem !== null || entries.value === null ? (
          <Reading what="the alarm log" problem={entries.problem} onAgain={entries.reload} />
        ) : null}
        {entries.value === null ? null : (
          <AlarmLogList
            entries={entries.value}
            labelOf={(patient) => labels.get(patient) ?? patient}
          />
        )}
        <Pager
          what="the alarm log"
          pages={pages}
          lastId={more ? last.id : null}
          onPages={setPages}
        />
      </Page>
    </>
  );
}
