import {
  ALARM_RULE_NAMES,
  type ApiError,
  type HistoryResponse,
  type LimitsPreview,
  type PatientState,
  type PatientsResponse,
  type TrendPoint,
  type WaveformResponse,
  type WaveformTrace,
  type WindowsResponse,
} from '@app/contracts';
import { z } from 'zod';
import { SESSION_BODIES, SESSION_SCHEMAS } from '../access/session-schemas.js';
import { admission, alarmLimits } from './admission-schema.js';
import { alarmEvent } from './alarm-event-schema.js';
import { explanationResponse } from './explanation-schema.js';
import { modelsResponse } from './models-schema.js';
import { REGISTRY_BODIES } from './registry/registry-bodies.js';
import { REGISTRY_SCHEMAS } from './registry-schemas.js';
import { activityClass, bpm, ms, origin, unit, vitalSigns } from './vital-signs-schema.js';

/** The answers of the API as schemas, for its OpenAPI document; the types of libs/contracts keep them honest. */
const patientState = z.object({
  patient: z.string(),
  origin,
  admission: admission.nullable().describe('null for a patient who is not, or no longer, admitted'),
  device: z.string(),
  connected: z.boolean(),
  connectedSinceMs: ms,
  lastDataMs: ms.nullable(),
  vital: vitalSigns.nullable(),
  backlog: z
    .object({ seconds: z.number(), atMs: ms })
    .nullable()
    .describe('samples of the past that the device may still send, and when the last of them came'),
  limits: alarmLimits.nullable().describe('in force now'),
  limitsOf: z.enum(['patient', 'ward']).nullable(),
  movedHigh: z
    .object({ bpm: z.number(), because: z.enum(['walking', 'running']) })
    .nullable()
    .describe('in place of the upper limit, while an activity moves it'),
  alarms: z.array(alarmEvent),
  audioPause: z.object({ untilMs: ms, by: z.string() }).nullable(),
  escalation: z.enum(['bedside', 'ward', 'webhook']),
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
  ModelsResponse: modelsResponse,
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
  LimitsPreview: z.object({
    patient: z.string(),
    origin,
    fromMs: ms,
    toMs: ms,
    monitoredMinutes: z.number(),
    rules: z.array(
      z.object({ rule: z.enum(ALARM_RULE_NAMES), alarms: z.int(), minutes: z.number() }),
    ),
  }) satisfies z.ZodType<LimitsPreview>,
  ...REGISTRY_SCHEMAS,
  ...SESSION_SCHEMAS,
  ApiError: z.object({
    statusCode: z.int(),
    error: z.string(),
    message: z.string().describe('what was wrong, and what would be right'),
  }) satisfies z.ZodType<ApiError>,
};

/** What the API's routes take. */
export const API_BODIES = { ...REGISTRY_BODIES, ...SESSION_BODIES };
