import type { AlarmEvent } from './alarm-event.js';
import type { FrameRejection } from './frame-rejection.js';
import type { VitalSigns } from './vital-signs.js';

/** `…/status`, retained: JSON by the device; the last will says `offline`. */
export interface DeviceStatus {
  state: 'online' | 'offline';
  /** Frames waiting in the device's outbox, and the age of the oldest, s. */
  waitingFrames?: number;
  waitingSeconds?: number;
  /** Name and version of the publishing program. */
  software?: string;
}

/** `…/vitals`: the device's own results, live lane. */
export type VitalsDownlink = VitalSigns;

/** `…/alarms`: the device's own alarms; all that are active when it subscribes. */
export type AlarmDownlink = AlarmEvent;

/** `…/errors`: what was wrong with something that the device sent, and what to do. */
export interface DeviceError {
  reason: FrameRejection | 'not-allowed' | 'bad-status' | 'slowed' | 'not-admitted' | 'not-placed';
  message: string;
  /** How often since the last message of this reason. */
  count: number;
  atMs: number;
}
