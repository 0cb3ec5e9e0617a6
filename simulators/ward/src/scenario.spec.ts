import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEMO_WARD } from './demo-ward.js';
import { wardOf } from './generated-ward.js';
import { parseScenario, scenarioSchema } from './scenario.js';
import { scriptedShift } from './shift.js';
import { momentAt } from './timeline.js';

const step = (atSeconds: number, heartRateBpm: number, more: object = {}) => ({
  atSeconds,
  activity: 'rest',
  heartRateBpm,
  ...more,
});
const wearable = (more: object = {}) => ({
  device: 'sim-01',
  patient: 'P-01',
  timeline: [step(0, 60), step(100, 90, { rampSeconds: 10 })],
  ...more,
});
const scenarioOf = (...wearables: object[]) => JSON.stringify({ wearables });

const OTHER = wearable({ device: 'sim-02', patient: 'P-02' });
const limited = (limits: object) => scenarioOf(wearable({ limits }));
const NO_DATA = { rule: 'no-data', priority: 'low', sinceSeconds: 10 };
const expecting = (...expected: object[]) => scenarioOf(wearable({ expected }));

describe('parseScenario', () => {
  it('fills in what is not said', () => {
    const parsed = parseScenario(scenarioOf(wearable()));
    expect(parsed).toMatchObject({
      ok: true,
      scenario: { wearables: [{ sensor: { ppgRateHz: 50, artefact: 1 }, faults: [] }] },
    });
  });

  it('accepts the examples of the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const examples = [...readme.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text = '']) => text);
    expect(examples.map((example) => parseScenario(example))).toMatchObject([
      { ok: true, scenario: { name: 'two people' } },
      { ok: true, scenario: { lastsSeconds: 80 } },
    ]);
  });

  it('keeps what is expected and which limits hold, and nothing where nothing is said', () => {
    const own = { limits: { runningHighBpm: 138, heartRateLowBpm: null }, expected: [NO_DATA] };
    const text = JSON.stringify({ expected: [], wearables: [wearable(own), OTHER] });
    const parsed = parseScenario(text);
    if (!parsed.ok) throw new Error(parsed.message);
    const [first, second] = parsed.scenario.wearables;
    expect(first).toMatchObject(own);
    expect([second?.limits, second?.expected]).toEqual([undefined, undefined]);
    expect(parsed.scenario.expected).toEqual([]);
  });

  it('lets a patient wear two devices in one bed', () => {
    const two = scenarioOf(wearable({ bed: '3' }), wearable({ device: 'sim-02', bed: '3' }));
    expect(parseScenario(two).ok).toBe(true);
  });

  it.each([
    ['not JSON', '{'],
    ['wearables', '{}'],
    ['sim-01 is there twice', scenarioOf(wearable(), wearable())],
    [
      "bed 3 is P-01's already",
      scenarioOf(wearable({ bed: '3' }), wearable({ device: 'sim-02', patient: 'P-02', bed: '3' })),
    ],
    ['printable', scenarioOf(wearable({ label: ' ' }))],
    ['must begin at atSeconds 0', scenarioOf(wearable({ timeline: [step(1, 60)] }))],
    ['in order of atSeconds', scenarioOf(wearable({ timeline: [step(0, 60), step(0, 61)] }))],
    ['letters, digits', scenarioOf(wearable({ device: 'a/b' }))],
    ['heartRateBpm', scenarioOf(wearable({ timeline: [step(0, 300)] }))],
    ['Unrecognized key', scenarioOf(wearable({ colour: 'red' }))],
    ['kind', scenarioOf(wearable({ faults: [{ kind: 'gremlins', fromSeconds: 0 }] }))],
    ['140 must be below heartRateExtremeHighBpm 140', limited({ heartRateHighBpm: 140 })],
    ['must be at least 30', limited({ heartRateLowBpm: 20 })],
    ['Unrecognized key: "temperature"', limited({ temperature: 38 })],
    ['expected[0].rule', expecting({ rule: 'flood', priority: 'low', sinceSeconds: 1 })],
    ['expected[0].sinceSeconds', expecting({ rule: 'no-data', priority: 'low' })],
    ['Unrecognized key', expecting({ ...NO_DATA, between: [1, 2] })],
    ['must not be after sinceSeconds', expecting({ ...NO_DATA, notBeforeSeconds: 11 })],
    ['must be after sinceSeconds', expecting({ ...NO_DATA, overSeconds: 10 })],
    [
      'must not be before sinceSeconds of the alarm',
      expecting({ ...NO_DATA, worsens: { priority: 'high', sinceSeconds: 9 } }),
    ],
  ])('says %s', (message, text) => {
    const parsed = parseScenario(text);
    expect(parsed.ok ? 'accepted' : parsed.message).toContain(message);
  });
});

describe('momentAt', () => {
  const scenario = scenarioSchema.parse({
    wearables: [
      wearable({
        repeatSeconds: 200,
        faults: [{ kind: 'loose', fromSeconds: 50, toSeconds: 60 }],
      }),
    ],
  }).wearables[0]!;

  it('ramps the heart rate from the step before', () => {
    const targets = [0, 99, 100, 105, 110, 150].map((at) => momentAt(scenario, at).targetBpm);
    expect(targets).toEqual([60, 60, 60, 75, 90, 90]);
  });

  it('fades a pulse to none within 20 s', () => {
    const fading = scenarioSchema.parse({
      wearables: [wearable({ faults: [{ kind: 'fading', fromSeconds: 30, toSeconds: 70 }] })],
    }).wearables[0]!;
    const pulses = [29, 30, 40, 50, 69, 70].map((at) => momentAt(fading, at).filling);
    expect(pulses).toEqual([1, 1, 0.5, 0, 0, 1]);
  });

  it('repeats timeline and faults', () => {
    expect([49, 50, 59, 60, 255].map((at) => momentAt(scenario, at).faults.has('loose'))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
    expect(momentAt(scenario, 255).looseSeconds).toBe(5);
    expect(momentAt(scenario, 305).targetBpm).toBe(75);
  });
});

describe('scriptedShift', () => {
  const shift = scriptedShift();

  it('says for every patient and for the ward what must come, and why', () => {
    expect(shift.expected).toHaveLength(1);
    for (const { expected, note } of shift.wearables)
      expect([expected, note]).toEqual([expect.any(Array), expect.any(String)]);
  });

  it('lasts until the last expected alarm had its time', () => {
    const times = shift.wearables.flatMap(({ expected = [] }) =>
      expected.flatMap((one) => [one.sinceSeconds, one.overSeconds ?? 0]),
    );
    expect(Math.max(...times)).toBeLessThan((shift.lastsSeconds ?? 0) - 20);
    expect(shift.lastsSeconds).toBeLessThanOrEqual(180);
  });
});

describe('wardOf', () => {
  it('takes the first of a scenario and generates the rest', () => {
    expect(wardOf(3, 1).wearables).toEqual(DEMO_WARD.wearables.slice(0, 3));
    const many = wardOf(150, 1);
    expect(many.wearables).toHaveLength(150);
    expect(scenarioSchema.safeParse(many).success).toBe(true);
    expect(wardOf(150, 1)).toEqual(many);
    expect(wardOf(150, 2)).not.toEqual(many);
  });
});
