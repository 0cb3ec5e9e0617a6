import type { Frame } from '@app/contracts';
import type { PreparedWindow } from './prepared-window.js';

/** Structured-cloneable state of a `SignalLane`; less than 64 KB. */
export interface SignalLaneSnapshot {
  version: 1;
}

/**
 * From the ordered frames of one device, boot and lane to model inputs. Deterministic: the same frames give the same
 * windows, with or without `save` and `restore` in between.
 */
export class SignalLane {
  static restore(_snapshot: SignalLaneSnapshot): SignalLane {
    return new SignalLane();
  }

  save(): SignalLaneSnapshot {
    return { version: 1 };
  }

  /**
   * Frames in order of time. A start later than the last frame's end (beyond tolerance) is a gap: its samples are
   * missing. Returns the windows that became complete, oldest first (usually none or one). Windows without any sample
   * are skipped.
   */
  push(_frame: Frame): PreparedWindow[] {
    return [];
  }
}
