import type { PatientRecord } from '@app/contracts';
import { useEffect } from 'react';
import { useStation, useStationView } from '../app/use-station.js';
import { useLastWard } from '../ward/use-last-ward.js';
import { rememberWard } from '../ward/remembered-ward.js';

/** Listens to the ward that the patient is in, wherever the page was reached from; of who is discharged, to the last one. */
export function useWardOfPatient(record: PatientRecord | null): void {
  const station = useStation();
  const { place, ward } = useStationView();
  useLastWard(record !== null && record.admission === null);
  const ofRecord = record?.admission?.ward ?? null;
  const here = record !== null && ward?.patients.has(record.patient) === true;
  useEffect(() => {
    if (ofRecord === null || here || place === ofRecord) return;
    station.show(ofRecord);
    rememberWard(ofRecord);
  }, [station, ofRecord, here, place]);
}
