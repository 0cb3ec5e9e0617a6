import { z } from 'zod';
import {
  DEFAULT_WARD_LIMITS,
  NAME_PATTERN,
  NO_LIMITS,
  alarmLimitsSchema,
  type AlarmLimits,
} from '@app/contracts';
import { expectedAlarmSchema } from './expected-alarm.js';

/** What a simulated person does. Truth names `asleep` rest and `arm-movement` other, as the station's classes do. */
export const SIMULATED_ACTIVITIES = [
  'rest',
  'asleep',
  'walking',
  'stairs',
  'running',
  'arm-movement',
] as const;
export type SimulatedActivity = (typeof SIMULATED_ACTIVITIES)[number];

const seconds = z
  .number()
  .min(0)
  .max(7 * 86_400);
const probability = z.number().min(0).max(1);
const name = z
  .string()
  .regex(NAME_PATTERN, 'use 1 to 36 letters, digits, dots, dashes or underscores');

/** Printable, without spaces around it. */
const shortText = (characters: number) =>
  z
    .string()
    .max(characters)
    .regex(/^[^\s\p{C}](.*[^\s\p{C}])?$/u, 'must be printable, without spaces around it');

const step = z.strictObject({
  /** Since the wearable's first start. */
  atSeconds: seconds,
  activity: z.enum(SIMULATED_ACTIVITIES),
  /** Where the heart rate goes. It follows with a time constant of 15 s up and 30 s down. */
  heartRateBpm: z.number().min(25).max(220),
  /** The target itself moves from the last step's over this time. */
  rampSeconds: seconds.default(0),
  /** The heart rate is the target, without those time constants: for a jump, and for times that must be known. */
  atOnce: z.boolean().default(false),
  /** Steps per minute; default by activity. */
  cadencePerMinute: z.number().min(30).max(240).optional(),
});

const during = { fromSeconds: seconds, toSeconds: seconds.optional() };
const fault = z.discriminatedUnion('kind', [
  /** Light leaks in, the pulse all but goes, motion shows the more; the device notices after 20 s. */
  z.strictObject({ kind: z.literal('loose'), ...during }),
  /** The wearable lies on a table and knows it. */
  z.strictObject({ kind: z.literal('sensor-off'), ...during }),
  /** The light sensor repeats one value. */
  z.strictObject({ kind: z.literal('flat-line'), ...during }),
  /** The person steps in time with the heart. Only while walking, on stairs or running. */
  z.strictObject({ kind: z.literal('cadence-lock'), ...during }),
  /** Frames with a scale that is not a number, which the station must refuse. */
  z.strictObject({ kind: z.literal('nan'), ...during }),
  /** The battery is empty: silence, and with `toSeconds` a new boot. */
  z.strictObject({ kind: z.literal('battery-death'), ...during }),
  /** The pulse fades to none within 20 s, on a wrist that is well and still. */
  z.strictObject({ kind: z.literal('fading'), ...during }),
  /** The device keeps its connection and sends nothing; what it measures meanwhile is lost. */
  z.strictObject({ kind: z.literal('silent'), ...during }),
  /** Out of reach: it measures, keeps its frames and sends them as a burst when it is back. On several: an access point gone. */
  z.strictObject({ kind: z.literal('offline'), ...during }),
]);

/** Every kind, for who lists them. */
export const FAULT_KINDS = fault.options.map(({ shape }) => shape.kind.value);

const LIMIT_NAMES = Object.keys(NO_LIMITS) as [keyof AlarmLimits, ...(keyof AlarmLimits)[]];

/** Some limits of a patient; the others are those of a new ward. */
const limits = z
  .partialRecord(z.enum(LIMIT_NAMES), z.number().nullable())
  .superRefine((own, context) => {
    const checked = alarmLimitsSchema.safeParse({ ...DEFAULT_WARD_LIMITS, ...own });
    for (const { message, path } of checked.error?.issues ?? [])
      context.addIssue({ code: 'custom', message, path: [...path] });
  });

const wearable = z.strictObject({
  device: name,
  /** Pseudonym. */
  patient: name,
  /** Of somebody who does not exist; default: the pseudonym. */
  name: shortText(80).optional(),
  /** Initials or an alias for the wall; default: the pseudonym. */
  label: shortText(36).optional(),
  /** Default: the next free one of the ward. */
  bed: shortText(16).optional(),
  /** For people who read the scenario. */
  note: z.string().optional(),
  sensor: z
    .strictObject({
      light: z.enum(['green', 'green+infrared']).default('green+infrared'),
      ppgRateHz: z.union([z.literal(25), z.literal(50)]).default(50),
      /** Charge at the start, 0 to 1. */
      battery: probability.default(0.9),
      batteryHours: z.number().positive().default(30),
      /** How far the wall clock is wrong. */
      clockSkewMs: z.number().default(0),
      /** How much faster than true the device's clock runs. */
      clockDriftPpm: z.number().min(-1000).max(1000).default(0),
      /** How strongly motion disturbs the light signal; 1 is a well-worn wrist band. */
      artefact: z.number().min(0).max(10).default(1),
    })
    .prefault({}),
  timeline: z.array(step).min(1),
  /** The timeline and the faults start again after this time. */
  repeatSeconds: seconds.optional(),
  faults: z.array(fault).default([]),
  /** BPM, null switches one off; default: those of the ward. */
  limits: limits.optional(),
  /** For `vigil shift`: the alarms that must come, and no others. An empty list: none at all. */
  expected: z.array(expectedAlarmSchema).optional(),
});

export const scenarioSchema = z
  .strictObject({
    name: z.string().default('scenario'),
    /** For `vigil shift`: how long it lasts. */
    lastsSeconds: seconds.optional(),
    wearables: z.array(wearable).min(1),
    /** For `vigil shift`: the ward's own alarms. */
    expected: z.array(expectedAlarmSchema).optional(),
  })
  .superRefine((scenario, context) => {
    const devices = new Set<string>();
    const beds = new Map<string, string>();
    scenario.wearables.forEach((one, index) => {
      const problem = (message: string) =>
        context.addIssue({ code: 'custom', message, path: ['wearables', index] });
      if (devices.has(one.device)) problem(`device ${one.device} is there twice`);
      devices.add(one.device);
      if (one.bed !== undefined) {
        const before = beds.get(one.bed) ?? one.patient;
        if (before !== one.patient) problem(`bed ${one.bed} is ${before}'s already`);
        beds.set(one.bed, one.patient);
      }
      if (one.timeline[0]?.atSeconds !== 0) problem('the timeline must begin at atSeconds 0');
      if (one.timeline.some((at, i) => i > 0 && at.atSeconds <= one.timeline[i - 1]!.atSeconds)) {
        problem('the timeline must be in order of atSeconds');
      }
    });
  });

export type Scenario = z.output<typeof scenarioSchema>;
export type WearableScenario = Scenario['wearables'][number];
export type TimelineStep = WearableScenario['timeline'][number];
export type Fault = WearableScenario['faults'][number];
export type FaultKind = Fault['kind'];

export type ParsedScenario = { ok: true; scenario: Scenario } | { ok: false; message: string };

/** Parses the text of a scenario file. */
export function parseScenario(text: string): ParsedScenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `not JSON: ${error instanceof Error ? error.message : ''}` };
  }
  const parsed = scenarioSchema.safeParse(json);
  return parsed.success
    ? { ok: true, scenario: parsed.data }
    : { ok: false, message: z.prettifyError(parsed.error) };
}
