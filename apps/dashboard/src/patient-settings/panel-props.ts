import type { Admission, PatientRecord, WardInfo } from '@app/contracts';

/** What every panel of a patient's settings works on. */
export interface PanelProps {
  record: PatientRecord;
  admission: Admission;
  ward: WardInfo;
  /** The station's answer to a change. */
  onChanged: (record: PatientRecord) => void;
}
