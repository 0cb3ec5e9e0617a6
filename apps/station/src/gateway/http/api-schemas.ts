import type {
  AlarmEvent,
  ApiError,
  HistoryResponse,
  PatientState,
  PatientsResponse,
  TrendPoint,
  VitalSigns,
  WaveformResponse,
  WaveformTrace,
  WindowsResponse,
} from '@app/contracts';
import { z } from 'zod';

/** The answers of the API as schemas, for its OpenAPI document; the types of libs/contracts keep them honest. */
const origin = z
  .enum(['live', 'simulated', 'replay'])
  .describe('Where the samples came from; what is not live is marked wherever it is shown.');
const ms = z.number().describe('ms since 1970, station’s clock');
const bpm = z.number().nullable();
const unit = z.number().min(0).max(1);
const model = z.object({ name: z.string(), version: z.string() });
const activityClass = z.enum(['rest', 'walking', 'stairs', 'running', 'other', 'unknown']);

const vitalSigns = z.object({
  patient: z.string(),
  origin,
  device: z.string(),
  bootId: z.string(),
  window: z.int().describe('window k covers [2k, 2k + 8] s after the boot’s first sample'),
  lane: z.enum(['live', 'backfill']),
  endMonotonicUs: z.number(),
  endMs: ms,
  latencyMs: z.number(),
  heartRate: z.object({
    bpm: bpm.describe('what may be shown; null with the reason in `withheld`'),
    withheld: z
      .enum(['no-signal', 'gap', 'not-worn', 'acquiring', 'uncertain', 'disagreement'])
      .nullable(),
    estimateBpm: bpm,
    lowBpm: bpm.describe('90 % interval of the estimate'),
    highBpm: bpm,
    secondOpinionBpm: bpm,
    model,
  }),
  quality: unit,
  activity: z.object({
    class: activityClass,
    confidence: unit,
    cadencePerMinute: z.number().nullable(),
    model,
  }),
  battery: unit.nullable(),
  worn: z.boolean().nullable(),
}) satisfies z.ZodType<VitalSigns>;

const alarmEvent = z.object({
  type: z.literal('alarm'),
  id: z.string(),
  alarmId: z.string(),
  patient: z.string(),
  origin,
  rule: z.enum(['heart-rate-high', 'heart-rate-low', 'no-data']),
  kind: z.enum(['physiological', 'technical']),
  priority: z.enum(['high', 'medium', 'low', 'info']),
  condition: z.enum(['present', 'absent', 'unknown']),
  signal: z.enum(['on', 'latched', 'ack', 'off']),
  change: z.enum(['raised', 'acknowledged', 'condition-cleared', 'ended']),
  atMs: ms,
  sinceMs: ms,
  text: z.string(),
  valueBpm: bpm,
  lowBpm: bpm,
  highBpm: bpm,
  limitBpm: bpm,
  quality: unit.nullable(),
  model: model.nullable(),
  acknowledgedBy: z.string().nullable(),
  note: z.string().nullable(),
}) satisfies z.ZodType<AlarmEvent>;

const patientState = z.object({
  patient: z.string(),
  origin,
  device: z.string(),
  connected: z.boolean(),
  connectedSinceMs: ms,
  lastDataMs: ms.nullable(),
  vital: vitalSigns.nullable(),
  limits: z.object({ heartRateHighBpm: bpm, heartRateLowBpm: bpm }).nullable(),
  alarms: z.array(alarmEvent),
}) satisfies z.ZodType<PatientState>;

const trendPoint = z.object({
  atMs: ms,
  bpm,
  lowBpm: bpm,
  highBpm: bpm,
  quality: unit.nullable(),
  activity: activityClass.nullable(),
}) satisfies z.ZodType<TrendPoint>;

const trace = z.object({
  kind: z.enum(['ppg', 'accelerometer']),
  label: z.string(),
  sampleRateHz: z.number(),
  values: z.array(z.number()).describe('counts of the light sensor, or g'),
}) satisfies z.ZodType<WaveformTrace>;

export const API_SCHEMAS = {
  PatientState: patientState,
  PatientsResponse: z.object({
    serverMs: ms,
    patients: z.array(patientState),
  }) satisfies z.ZodType<PatientsResponse>,
  VitalSigns: vitalSigns,
  HistoryResponse: z.object({
    patient: z.string(),
    origin,
    fromMs: ms,
    toMs: ms,
    bucketMs: z.number(),
    points: z.array(trendPoint),
    events: z.array(alarmEvent),
  }) satisfies z.ZodType<HistoryResponse>,
  WindowsResponse: z.object({
    patient: z.string(),
    origin,
    windows: z.array(vitalSigns),
  }) satisfies z.ZodType<WindowsResponse>,
  WaveformResponse: z.object({
    patient: z.string(),
    origin,
    fromMs: ms,
    toMs: ms,
    segments: z.array(
      z.object({
        receivedMs: ms,
        monotonicUs: z.number(),
        bootId: z.string(),
        traces: z.array(trace),
      }),
    ),
  }) satisfies z.ZodType<WaveformResponse>,
  ApiError: z.object({
    statusCode: z.int(),
    error: z.string(),
    message: z.string().describe('what was wrong, and what would be right'),
  }) satisfies z.ZodType<ApiError>,
};
