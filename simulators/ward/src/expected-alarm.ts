import { z } from 'zod';
import { ALARM_RULE_NAMES } from '@app/contracts';

const seconds = z
  .number()
  .min(0)
  .max(7 * 86_400);
const priority = z.enum(['high', 'medium', 'low']);
const rule = z.enum(ALARM_RULE_NAMES);

/**
 * One alarm that a scenario must raise. All times are of the simulated wearable, s since its first start, and say what is
 * true of the patient, not when somebody should hear of it: the delay that a rule has is the station's word.
 */
export const expectedAlarmSchema = z
  .strictObject({
    rule,
    /** As it is raised. */
    priority,
    /** From here on it is so: the rate is beyond the limit, the sensor is off, nothing comes any more. */
    sinceSeconds: seconds,
    /** Where it comes by and by: before this it would be wrong. Default: `sinceSeconds`. */
    notBeforeSeconds: seconds.optional(),
    /** From here on it is no longer so, and the alarm ends (or latches). Default: it is there until the end. */
    overSeconds: seconds.optional(),
    /** The alarm that speaks for it from the start: it is shown and recorded, and never calls. */
    silencedBy: rule.optional(),
    /** From when on it deserves a higher priority. */
    worsens: z.strictObject({ priority, sinceSeconds: seconds }).optional(),
  })
  .superRefine(({ sinceSeconds, notBeforeSeconds, overSeconds, worsens }, context) => {
    const problem = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    if (notBeforeSeconds !== undefined && notBeforeSeconds > sinceSeconds)
      problem('must not be after sinceSeconds', 'notBeforeSeconds');
    if (overSeconds !== undefined && overSeconds <= sinceSeconds)
      problem('must be after sinceSeconds', 'overSeconds');
    if (worsens !== undefined && worsens.sinceSeconds < sinceSeconds)
      problem('must not be before sinceSeconds of the alarm', 'worsens');
  });

export type ExpectedAlarm = z.output<typeof expectedAlarmSchema>;
