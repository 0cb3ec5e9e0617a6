import type { AlarmEvent } from './alarm-event.js';
import type { AlarmPriority, EscalationStep } from './alarm-rule.js';
import type { Session } from './access.js';
import type { Admission } from './admission.js';
import type { AlarmLimits } from './alarm-limits.js';
import type { Origin, VitalSigns } from './vital-signs.js';

/** What the wall shows of one patient. */
export interface PatientState {
  patient: string;
  origin: Origin;
  /** Null for a patient who is not, or no longer, admitted. */
  admission: Admission | null;
  device: string;
  connected: boolean;
  /** When `connected` last changed, station's clock, ms. */
  connectedSinceMs: number;
  /** Arrival of the last frame's result, station's clock, ms; null before the first. */
  lastDataMs: number | null;
  /** The latest live window. */
  vital: VitalSigns | null;
  /** What the device may still have of the past; null: nothing that is known of. */
  backlog: Backlog | null;
  /** The limits in force: drawn beside the number on every tile. Null while the station does not know them. */
  limits: AlarmLimits | null;
  /** Whose limits they are; null while the station does not know them. */
  limitsOf: 'patient' | 'ward' | null;
  /** While an activity moves the upper limit: what then stands in place of `limits.heartRateHighBpm`. */
  movedHigh: MovedHigh | null;
  /** Alarms whose signal is not `off`, highest priority first. */
  alarms: AlarmEvent[];
  /** Null: they may sound. */
  audioPause: AudioPause | null;
  /** How far the one that has gone furthest has gone, unanswered. */
  escalation: EscalationStep;
}

/**
 * Windows that the live lane had to leave out, and that the backlog has not filled yet. They may have been lost on the
 * device: whoever shows it stops when nothing of it has come for a while.
 */
export interface Backlog {
  /** Length of what is missing, s of the device's time. */
  seconds: number;
  /** When it was last found to be missing, or some of it came, station's clock, ms. */
  atMs: number;
}

/** The sound of a patient's alarms, or of a ward's own, is paused. It hides nothing from the eye. */
export interface AudioPause {
  /** ms since 1970. */
  untilMs: number;
  /** Who paused it. */
  by: string;
}

export interface MovedHigh {
  bpm: number;
  because: 'walking' | 'running';
}

/** A device of the ward that is there and belongs to no patient: shown as not admitted. */
export interface StrayDevice {
  device: string;
  origin: Origin;
  connected: boolean;
  /** When the last of its samples came that were nobody's, station's clock, ms. */
  lastDataMs: number | null;
  reason: 'not-admitted' | 'not-placed';
  /** Frames of its present boot or run that were nobody's. */
  frames: number;
}

/** `ward/<id>`: the state of every patient of a ward. `patient/<pseudonym>`: one patient's state and waveform. */
export type Room = `ward/${string}` | `patient/${string}`;

/** Complete state of a room. Updates with a number above `sequence` apply on top. */
export interface Snapshot {
  room: Room;
  sequence: number;
  serverMs: number;
  /** The ward's name, in its own room. */
  title: string;
  patients: PatientState[];
  /** Empty in a patient's room. */
  strays: StrayDevice[];
  /** The ward's own alarms (`link-lost`, `canary-missing`, …) as `PatientState.alarms`; empty in a patient's room. */
  wardAlarms: AlarmEvent[];
  /** Of the ward's own alarms; null in a patient's room. */
  wardAudioPause: AudioPause | null;
}

/** The patients that changed. `sequence` grows by exactly one per room: a jump means a missed update, ask for a snapshot. */
export interface Update {
  room: Room;
  sequence: number;
  serverMs: number;
  patients: PatientState[];
  /** Patients who are no longer of this room. */
  gone: string[];
  /** All of them, when one has changed; else null. */
  strays: StrayDevice[] | null;
  /** All of them, when one has changed or their sound has; else null. */
  wardAlarms: AlarmEvent[] | null;
  /** As it is now, changed or not. */
  wardAudioPause: AudioPause | null;
}

/** Once a second. A dashboard is live only while all of it moves. */
export interface Heartbeat {
  sequence: number;
  serverMs: number;
  /** The oldest tick that every partition's processor has worked through, ms; null before the first. */
  processorMs: number | null;
  /** The same for the alarm machine. */
  alarmsMs: number | null;
  /** Problems that a nurse should know of, in plain words: `History store is away for 12 s`. */
  notices: string[];
  /** Null: this station has no canary. */
  canary: CanaryHealth | null;
}

/**
 * The canary is a wearable of the station itself whose signal goes all the way that a patient's goes, once a minute to
 * every open dashboard. It is in no ward, list, log or count.
 */
export interface CanaryHealth {
  /**
   * When one last came through: with the right rate, and confirmed by every dashboard that confirms them. ms since 1970; null
   * before the first.
   */
  lastMs: number | null;
  /** Of the last hour, from the window's last sample to the confirmation of each dashboard, ms. */
  latencyP99Ms: number | null;
}

/** A canary has come through. A dashboard confirms it (`seen`) as soon as it has it, a hidden one too, and shows when that was. */
export interface Canary {
  id: string;
  /** Station's clock at the window's last sample, ms. */
  windowEndMs: number;
  /** When the gateway sent it. */
  serverMs: number;
}

/** Samples of a watched patient, straight from one frame, in physical units. Droppable: `dropped` counts what was skipped. */
export interface Waveform {
  patient: string;
  device: string;
  bootId: string;
  /** Device's monotonic clock at the first sample, µs. */
  monotonicUs: number;
  receivedMs: number;
  traces: WaveformTrace[];
  dropped: number;
}

export interface WaveformTrace {
  kind: 'ppg' | 'accelerometer';
  /** `530 nm`, `x`, … */
  label: string;
  sampleRateHz: number;
  /** `ppg`: counts of the sensor; `accelerometer`: g, whatever the device sent. */
  values: number[];
}

export type Reply = { ok: true } | { ok: false; error: string };

export interface ServerEvents {
  snapshot: (message: Snapshot) => void;
  update: (message: Update) => void;
  heartbeat: (message: Heartbeat) => void;
  waveform: (message: Waveform) => void;
  canary: (message: Canary, seen: () => void) => void;
  /** The session has changed, or has ended (null): rooms that it no longer opens were left. */
  session: (session: Session | null) => void;
}

export interface ClientEvents {
  /** Joins a room and answers with its snapshot. Also the way to repair a missed update. */
  watch: (room: Room, reply: (answer: Snapshot | { error: string }) => void) => void;
  unwatch: (room: Room) => void;
  /**
   * Asks for the station's time. The answer proves that what came before it is no older than the question: the only proof
   * that a network which delays, or buffers, cannot spoil.
   */
  now: (reply: (answer: { serverMs: number }) => void) => void;
  /**
   * `patient` of a ward's own alarm is `ward:` and its id. `priority`: as it was on the screen; of an alarm that has become
   * more urgent since it is refused.
   */
  acknowledge: (
    request: { patient: string; alarmId: string; note: string | null; priority?: AlarmPriority },
    reply: (answer: Reply) => void,
  ) => void;
  /** Pauses the sound of a patient's alarms, or of a ward's own (`ward:` and its id), for `AUDIO_PAUSE_MS` from now. */
  'pause-audio': (request: { patient: string }, reply: (answer: Reply) => void) => void;
}
