import type { AlarmEvent } from './alarm-event.js';
import type { AlarmRule } from './alarm-rule.js';
import type { PatientState, WaveformTrace } from './socket.js';
import type { ActivityClass, Origin, VitalSigns } from './vital-signs.js';

/** `GET /api/patients` */
export interface PatientsResponse {
  /** Station's clock at the answer, ms since 1970: ages are counted from it. */
  serverMs: number;
  /** By pseudonym. */
  patients: PatientState[];
}

/** `GET /api/patients/:patient/windows`: results as stored, for paging and comparison. */
export interface WindowsResponse {
  patient: string;
  origin: Origin;
  /** Oldest first, at most the asked limit: a full page may have a successor (`afterWindow`). */
  windows: VitalSigns[];
}

/** Every answer of the API that is not 2xx. */
export interface ApiError {
  statusCode: number;
  error: string;
  /** What was wrong, and what would be right: one sentence. */
  message: string;
}

/** One point of a downsampled trend. A bucket without a number has nulls: draw a gap. */
export interface TrendPoint {
  /** Start of the bucket, ms since 1970. */
  atMs: number;
  bpm: number | null;
  lowBpm: number | null;
  highBpm: number | null;
  quality: number | null;
  /** The bucket's last activity. */
  activity: ActivityClass | null;
}

/** `GET /api/patients/:patient/history` */
export interface HistoryResponse {
  patient: string;
  origin: Origin;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  points: TrendPoint[];
  /** Oldest first; of more than 1,000 the newest. */
  events: AlarmEvent[];
}

/** `GET /api/patients/:patient/waveform`; `GET /api/patients/:patient/alarms/:event/signal`, about 20 s around the event. */
export interface WaveformResponse {
  patient: string;
  origin: Origin;
  fromMs: number;
  toMs: number;
  /** One per live frame, in the order of arrival; traces as in `Waveform`. */
  segments: { receivedMs: number; monotonicUs: number; bootId: string; traces: WaveformTrace[] }[];
}

/**
 * `POST /api/patients/:patient/limits/preview` (`{ limits }`, null: those of the ward): what the limits would have meant
 * over the last 24 h, by the alarm machine and the stored results.
 */
export interface LimitsPreview {
  patient: string;
  origin: Origin;
  fromMs: number;
  toMs: number;
  /** Time with results that say something, minutes. */
  monitoredMinutes: number;
  /** One for each heart-rate rule. */
  rules: PreviewedRule[];
}

export interface PreviewedRule {
  rule: AlarmRule;
  /** How often it would have called. */
  alarms: number;
  /** How long its condition would have lasted, minutes: from each raise to its end, delays included. */
  minutes: number;
}

/** `GET /health/ready` */
export interface ReadyResponse {
  ready: boolean;
  parts: { name: string; ok: boolean; message: string }[];
}
