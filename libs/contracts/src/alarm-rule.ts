/** Priorities and signal states are named as in HL7 FHIR DeviceAlert. */
export type AlarmPriority = 'high' | 'medium' | 'low' | 'info';

/** Every rule of the alarm machine. docs/alarms.md says what each means; libs/alarms holds the numbers. */
export const ALARM_RULE_NAMES = [
  // physiological, of a patient
  'heart-rate-extreme-high',
  'heart-rate-extreme-low',
  'heart-rate-high',
  'heart-rate-low',
  'fall',
  'check-patient',
  // technical, of a patient's device
  'no-data',
  'signal-unusable',
  'sensor-off',
  'battery-low',
  'clock-implausible',
  // technical, of a whole ward: `patient` is then `ward:` and the ward's id
  'link-lost',
  'models-unavailable',
  'storage-degraded',
  'canary-missing',
  'ward-unwatched',
] as const;

export type AlarmRule = (typeof ALARM_RULE_NAMES)[number];

/**
 * How long an alarm of high or medium priority may stay unanswered before it goes further, ms since it was raised or
 * last worsened. `ward`: every screen of the ward calls for it; `webhook`: the station tells the outside.
 */
export const ESCALATION = {
  high: { ward: 30_000, webhook: 60_000 },
  medium: { ward: 120_000, webhook: 300_000 },
} as const satisfies Partial<Record<AlarmPriority, Record<'ward' | 'webhook', number>>>;

/** How far an alarm has gone, unanswered. */
export type EscalationStep = 'bedside' | 'ward' | 'webhook';

/** How long the sound of a patient's alarms can be paused at once, ms. */
export const AUDIO_PAUSE_MS = 120_000;

/** How long after an acknowledgement an alarm whose condition stays reminds of itself, again and again, ms. */
export const REMIND_AFTER_MS = 300_000;
