import { scenarioSchema, type Scenario } from './scenario.js';

/** People who do not exist. */
const NAMES = [
  'Ada Lindqvist',
  'Bruno Keller',
  'Chiara Moretti',
  'Daniel Okafor',
  'Elif Yıldız',
  'Finn Murphy',
  'Grace Adeyemi',
  'Hugo Lefèvre',
  'Ines Carvalho',
  'Jonas Berg',
  'Kavya Menon',
  'Luis Herrera',
] as const;

function patient(number: number) {
  const digits = String(number).padStart(2, '0');
  const name = NAMES[number - 1] ?? `P-${digits}`;
  return {
    device: `sim-${digits}`,
    patient: `P-${digits}`,
    name,
    label: name.replaceAll(/(\p{L})\p{L}+/gu, '$1.'),
    bed: String(number),
  };
}

/** The ward of `npm start`: twelve people whose hour shows what a ward can show. */
export const DEMO_WARD: Scenario = scenarioSchema.parse({
  name: 'demo ward',
  wearables: [
    {
      ...patient(1),
      note: 'at rest',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 64 }],
    },
    {
      ...patient(2),
      note: 'at rest, a simple wrist band with one light',
      sensor: { light: 'green', ppgRateHz: 25, battery: 0.55 },
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 72 }],
    },
    {
      ...patient(3),
      note: 'asleep',
      timeline: [{ atSeconds: 0, activity: 'asleep', heartRateBpm: 54 }],
    },
    {
      ...patient(4),
      note: 'asleep',
      sensor: { battery: 0.4 },
      timeline: [{ atSeconds: 0, activity: 'asleep', heartRateBpm: 61 }],
    },
    {
      ...patient(5),
      note: 'at rest, with a fast heart',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 92 }],
    },
    {
      ...patient(6),
      note: 'walks up and down the corridor',
      repeatSeconds: 600,
      timeline: [
        { atSeconds: 0, activity: 'walking', heartRateBpm: 98 },
        { atSeconds: 240, activity: 'rest', heartRateBpm: 80 },
        { atSeconds: 330, activity: 'walking', heartRateBpm: 100 },
      ],
    },
    {
      ...patient(7),
      note: 'goes for a run',
      repeatSeconds: 1200,
      timeline: [
        { atSeconds: 0, activity: 'rest', heartRateBpm: 68 },
        { atSeconds: 60, activity: 'walking', heartRateBpm: 96 },
        { atSeconds: 150, activity: 'running', heartRateBpm: 146, rampSeconds: 60 },
        { atSeconds: 450, activity: 'walking', heartRateBpm: 112 },
        { atSeconds: 570, activity: 'rest', heartRateBpm: 74, rampSeconds: 120 },
      ],
    },
    {
      ...patient(8),
      note: 'the heart rate climbs at rest',
      repeatSeconds: 900,
      timeline: [
        { atSeconds: 0, activity: 'rest', heartRateBpm: 84 },
        { atSeconds: 18, activity: 'rest', heartRateBpm: 150, rampSeconds: 40 },
        { atSeconds: 420, activity: 'rest', heartRateBpm: 86, rampSeconds: 90 },
      ],
    },
    {
      ...patient(9),
      note: 'the sensor comes loose',
      repeatSeconds: 600,
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 77 }],
      faults: [{ kind: 'loose', fromSeconds: 75, toSeconds: 180 }],
    },
    {
      ...patient(10),
      note: 'physiotherapy of the arms',
      repeatSeconds: 480,
      timeline: [
        { atSeconds: 0, activity: 'rest', heartRateBpm: 70 },
        { atSeconds: 90, activity: 'arm-movement', heartRateBpm: 88 },
        { atSeconds: 210, activity: 'rest', heartRateBpm: 72 },
      ],
    },
    {
      ...patient(11),
      note: 'to the next floor and back',
      repeatSeconds: 720,
      timeline: [
        { atSeconds: 0, activity: 'walking', heartRateBpm: 94 },
        { atSeconds: 120, activity: 'stairs', heartRateBpm: 116, rampSeconds: 40 },
        { atSeconds: 240, activity: 'walking', heartRateBpm: 102 },
        { atSeconds: 360, activity: 'rest', heartRateBpm: 82 },
      ],
    },
    {
      ...patient(12),
      note: 'at rest, with a low battery and a clock that is wrong and runs fast',
      sensor: { battery: 0.08, clockSkewMs: 95_000, clockDriftPpm: 150 },
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 67 }],
    },
  ],
});
