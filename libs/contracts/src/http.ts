import type { AlarmEvent } from './alarm-event.js';
import type { ActivityClass, Origin } from './vital-signs.js';
import type { WaveformTrace } from './socket.js';

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
  events: AlarmEvent[];
}

/** `GET /api/patients/:patient/waveform` */
export interface WaveformResponse {
  patient: string;
  origin: Origin;
  fromMs: number;
  toMs: number;
  /** One per frame, in the order of arrival. */
  segments: { receivedMs: number; monotonicUs: number; bootId: string; traces: WaveformTrace[] }[];
}

/** `GET /health/ready` */
export interface ReadyResponse {
  ready: boolean;
  parts: { name: string; ok: boolean; message: string }[];
}
