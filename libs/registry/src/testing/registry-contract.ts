import { afterEach, beforeEach, describe, jest } from '@jest/globals';
import { describeAlarmLog } from './alarm-log-contract.js';
import { describeAudit } from './audit-contract.js';
import { describeDevices } from './devices-contract.js';
import { describePatients } from './patients-contract.js';
import { describePeople } from './people-contract.js';
import { type RegistryHarness, RegistryWorld } from './registry-harness.js';
import { describeSeveral } from './several-contract.js';
import { describeSessions } from './sessions-contract.js';
import { describeWards } from './wards-contract.js';
import { describeWearings } from './wearings-contract.js';

/** What every registry does, whatever the engine. */
export function describeRegistryContract(
  engine: string,
  newHarness: () => Promise<RegistryHarness>,
): void {
  // passwords are slow to hash on purpose, and a busy machine takes several times as long
  jest.setTimeout(60_000);
  describe(`registry on ${engine}`, () => {
    let harness: RegistryHarness;
    let world: RegistryWorld;

    beforeEach(async () => {
      harness = await newHarness();
      world = new RegistryWorld(harness);
      await world.start();
    });
    afterEach(() => harness.remove());

    const current = () => world;
    describeWards(current);
    describePatients(current);
    describeWearings(current);
    describeDevices(current);
    describePeople(current);
    describeSessions(current);
    describeAudit(current);
    describeAlarmLog(current);
    describeSeveral(current);
  });
}
