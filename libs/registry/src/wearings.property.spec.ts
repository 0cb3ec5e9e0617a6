import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Admission } from '@app/contracts';
import * as fc from 'fast-check';
import { RegistryError } from './registry.js';
import { NURSE, type RegistryHarness, RegistryWorld } from './testing/registry-harness.js';
import { newSqliteHarness } from './testing/sqlite-harness.js';

let harness: RegistryHarness;
let world: RegistryWorld;
let run = 0;

beforeAll(async () => {
  harness = await newSqliteHarness();
  world = new RegistryWorld(harness);
  await world.start();
});
afterAll(() => harness.remove());

const who = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  fc.record({ do: fc.constant('assign' as const), patient: who, device: who }),
  fc.record({
    do: fc.constant('assign-since' as const),
    patient: who,
    device: who,
    agoMs: fc.integer({ min: -90_000, max: 100_000 }),
  }),
  fc.record({ do: fc.constant('unassign' as const), patient: who, device: who }),
  fc.record({ do: fc.constant('discharge' as const), patient: who }),
  fc.record({ do: fc.constant('admit' as const), patient: who }),
  // the station's clock may step back
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: -20_000, max: 50_000 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it('no sample has two wearers, and the journal hears what the registry knows, whatever nurses do', async () => {
  const takes = fc.array(step, { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(takes, async (steps) => {
      run++;
      const patients = [0, 1, 2].map((i) => `p${run}-${i}`);
      const devices = [0, 1, 2].map((i) => `w${run}-${i}`);
      await world.addDevices(...devices);
      for (const patient of patients) await world.admit({ patient });
      for (const taken of steps) await take(taken, patients, devices);
      for (const device of devices) await requireOneWearerAtATime(device);
      await requireJournalAgrees(patients);
    }),
    { numRuns: 40 },
  );
}, 120_000);

async function take(taken: Step, patients: string[], devices: string[]): Promise<void> {
  const nameOf = (names: string[], i: number) => names[i] ?? '';
  const { registry } = world;
  try {
    switch (taken.do) {
      case 'wait':
        world.passes(taken.ms);
        break;
      case 'assign':
        await world.assign(nameOf(patients, taken.patient), nameOf(devices, taken.device));
        break;
      case 'assign-since':
        await world.assign(
          nameOf(patients, taken.patient),
          nameOf(devices, taken.device),
          world.nowMs - taken.agoMs,
        );
        break;
      case 'unassign':
        await registry.patients.unassign(
          NURSE,
          nameOf(patients, taken.patient),
          nameOf(devices, taken.device),
        );
        break;
      case 'discharge':
        await registry.patients.discharge(NURSE, nameOf(patients, taken.patient));
        break;
      case 'admit':
        await world.admit({ patient: nameOf(patients, taken.patient) });
        break;
    }
  } catch (error) {
    // A refusal is an answer; anything else is a fault.
    if (!(error instanceof RegistryError)) throw error;
  }
}

async function requireOneWearerAtATime(device: string): Promise<void> {
  const { wearings = [] } = (await world.registry.devices.find(device)) ?? {};
  wearings.forEach(({ fromMs, toMs }, i) => {
    expect(toMs ?? fromMs).toBeGreaterThanOrEqual(fromMs);
    const next = wearings[i + 1];
    if (next !== undefined) expect(toMs ?? Infinity).toBeLessThanOrEqual(next.fromMs);
  });
}

/** The last record of each patient is where the patient is now, and says who wears each device. */
async function requireJournalAgrees(patients: string[]): Promise<void> {
  const heard = new Map<string, Admission | null>();
  for (const record of await world.takeRecords()) {
    if (record.type === 'admission') heard.set(record.patient, record.admission);
  }
  for (const patient of patients) {
    const found = await world.registry.patients.find(patient);
    expect(heard.get(patient)).toEqual(found?.admission);
    for (const { device, sinceMs } of found?.admission?.devices ?? []) {
      const entry = await world.registry.devices.find(device);
      expect(entry?.wearings.at(-1)).toEqual({ patient, fromMs: sinceMs, toMs: null });
    }
  }
}
