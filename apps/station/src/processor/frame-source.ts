import type { Lane, Origin } from '@app/contracts';

/** What the journal says of a frame. */
export interface FrameSource {
  patient: string;
  origin: Origin;
  lane: Lane;
  receivedMs: number;
}
