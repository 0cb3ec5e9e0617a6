import type { Lane, Origin } from '@app/contracts';
import type { FallCandidate, PreparedWindow } from '@app/vitals';
import type { PatientLane } from './patient-lane.js';

/** One window, cut and prepared, that waits for the networks. */
export interface ReadyWindow {
  owner: WindowOwner;
  laneName: Lane;
  lane: PatientLane;
  window: PreparedWindow;
  /** Blows that were decided in it: may they have been falls? */
  impacts: FallCandidate[];
  /** Whether a long gap lies before it: what the lane believed is forgotten first. */
  afterLongGap: boolean;
  /** Whether its result is worth a record; else it only keeps the lane's belief in step. */
  isWanted: boolean;
  /** Station's clock at the arrival of its last sample, ms. */
  receivedMs: number;
  /** Station's time at the window's end, ms. */
  endMs: number;
  /** By how much the device's own wall clock is ahead of the station's, ms; null when it has told none. */
  clockErrorMs: number | null;
}

/** Whose samples they are. */
export interface WindowOwner {
  patient: string;
  origin: Origin;
  device: string;
  bootId: string;
}
