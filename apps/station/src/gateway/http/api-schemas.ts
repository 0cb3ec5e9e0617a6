import {
  ALARM_RULE_NAMES,
  type AlarmEvent,
  type ApiError,
  type HistoryResponse,
  type PatientState,
  type PatientsResponse,
  type TrendPoint,
  type WaveformResponse,
  type WaveformTrace,
  type WindowsResponse,
} from '@app/contracts';
import { z } from 'zod';
import { explanationResponse } from './explanation-schema.js';
import {
  activityClass,
  bpm,
  model,
  ms,
  origin,
  unit,
  vitalSigns,
  withheld,
} from './vital-signs-schema.js';

/** The answers of the API as schemas, for its OpenAPI document; the types of libs/contracts keep them honest. */
const alarmEvent = z.object({
  type: z.literal('alarm'),
  id: z.string(),
  alarmId: z.string(),
  patient: z.string(),
  origin,
  rule: z.enum(ALARM_RULE_NAMES),
  kind: z.enum(['physiological', 'technical']),
  priority: z.enum(['high', 'medium', 'low', 'info']),
  condition: z.enum(['present', 'absent', 'unknown']),
  signal: z.enum(['on', 'latched', 'ack', 'off']),
  change: z.enum([
    'raised',
    'acknowledged',
    'worsened',
    'condition-cleared',
    'ended',
    'silenced',
    'unsilenced',
    'reminded',
    'escalated',
  ]),
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
  acknowledgedMs: ms.nullable().exactOptional(),
  withheld: withheld.nullable().exactOptional(),
  activity: activityClass.nullable().exactOptional(),
  limit: z.enum(['on', 'off']).exactOptional(),
  limitBecause: z.enum(['ward', 'patient', 'walking', 'running']).nullable().exactOptional(),
  silencedBy: z.enum(ALARM_RULE_NAMES).nullable().exactOptional(),
  escalation: z.enum(['bedside', 'ward', 'webhook']).exactOptional(),
  endedBecause: z
    .enum(['condition-over', 'acknowledged', 'limit-off', 'discharged'])
    .nullable()
    .exactOptional(),
  samples: z
    .object({
      device: z.string(),
      bootId: z.string(),
      fromMonotonicUs: z.number(),
      toMonotonicUs: z.number(),
    })
    .nullable()
    .exactOptional(),
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
  ExplanationResponse: explanationResponse,
  ApiError: z.object({
    statusCode: z.int(),
    error: z.string(),
    message: z.string().describe('what was wrong, and what would be right'),
  }) satisfies z.ZodType<ApiError>,
};
