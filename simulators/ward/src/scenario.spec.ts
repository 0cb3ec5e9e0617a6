import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEMO_WARD } from './demo-ward.js';
import { wardOf } from './generated-ward.js';
import { parseScenario, scenarioSchema } from './scenario.js';
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

describe('parseScenario', () => {
  it('fills in what is not said', () => {
    const parsed = parseScenario(scenarioOf(wearable()));
    expect(parsed).toMatchObject({
      ok: true,
      scenario: { wearables: [{ sensor: { ppgRateHz: 50, artefact: 1 }, faults: [] }] },
    });
  });

  it('accepts the example of the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const example = /```json\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
    expect(parseScenario(example)).toMatchObject({ ok: true, scenario: { name: 'two people' } });
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
