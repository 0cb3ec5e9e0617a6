import {
  ALARM_RULE_NAMES,
  type AlarmLogQuery,
  type AuditQuery,
  NAME_PATTERN,
} from '@app/contracts';
import { z } from 'zod';
import { GATEWAY_LIMITS } from '../../gateway-limits.js';
import { count, time } from '../queries.js';

const id = z
  .string()
  .regex(NAME_PATTERN, 'must be 1 to 36 letters, digits, dots, dashes or underscores');
const text = z.string().min(1).max(200);

const page = {
  fromMs: time.exactOptional(),
  toMs: time.exactOptional(),
  beforeId: count(Number.MAX_SAFE_INTEGER).exactOptional(),
  limit: count(GATEWAY_LIMITS.logPage).exactOptional(),
};

export const auditQuery = z.strictObject({
  ward: id.exactOptional(),
  person: text.exactOptional(),
  action: text.exactOptional(),
  subject: text.exactOptional(),
  ...page,
}) satisfies z.ZodType<AuditQuery>;

export const alarmLogQuery = z.strictObject({
  patient: text.exactOptional(),
  rule: z.enum(ALARM_RULE_NAMES).exactOptional(),
  priority: z.enum(['high', 'medium', 'low', 'info']).exactOptional(),
  ...page,
}) satisfies z.ZodType<Omit<AlarmLogQuery, 'ward'>>;
