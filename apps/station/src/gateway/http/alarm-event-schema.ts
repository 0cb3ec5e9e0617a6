import { ALARM_RULE_NAMES, type AlarmEvent } from '@app/contracts';
import { z } from 'zod';
import { activityClass, bpm, model, ms, origin, unit, withheld } from './vital-signs-schema.js';

export const alarmEvent = z.object({
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
