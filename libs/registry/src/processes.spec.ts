import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '@app/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.js';
import { openRegistry } from './open-registry.js';
import type { Registry } from './registry.js';
import { AdmittingChild } from './testing/admitting-child.js';
import { LIMITS } from './testing/registry-harness.js';

let folder: string;
/** The one that a test kills; one that outlived a failure would keep Jest from ending. */
let child: AdmittingChild | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-registry-'));
  openDataFolder(folder, 'live', 2);
});
afterEach(async () => {
  await child?.kill();
  child = null;
  rmSync(folder, { recursive: true, force: true });
});

const open = () => openRegistry(folder, { defaultWardLimits: LIMITS });

/** Newest first; a fast machine makes more changes than one page holds. */
async function allEntries(registry: Registry): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const beforeId = entries.at(-1)?.id;
    const page = await registry.audit.query({
      limit: 500,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    entries.push(...page);
    if (page.length < 500) return entries;
  }
}

describe('processes that share a registry', () => {
  it('make it together, lose nothing, and see each other’s changes', async () => {
    const children = ['a', 'b', 'c'].map((patient) => new AdmittingChild(folder, patient, 41));
    expect(await Promise.all(children.map((one) => one.end()))).toEqual([0, 0, 0]);
    const registry = await open();
    expect((await registry.patients.inWard('main')).map(({ patient }) => patient)).toEqual([
      'a',
      'b',
      'c',
    ]);
    // one for the ward, one per change
    expect(await registry.audit.query({ limit: 500 })).toHaveLength(1 + 3 * 41);
    expect(await registry.outbox.peek(500)).toHaveLength(1 + 3 * 41);
    expect(await registry.audit.verify()).toBeNull();
    await registry.close();
  }, 60_000);

  it('leave whole changes only when they are killed', async () => {
    for (let round = 0; round < 3; round++) {
      child = new AdmittingChild(folder, `p-${round}`, 100_000);
      await child.reaches(3 + 7 * round);
      const registry = await open();
      const revision = await registry.revision();
      // what the child says that it has done may be behind what it did before that; a change that is never seen ends in the timeout
      do await child.reaches(child.done + 2);
      while ((await registry.revision()) <= revision);
      await child.kill();

      const entries = await allEntries(registry);
      const records = await registry.outbox.peek(100_000);
      expect(records).toHaveLength(entries.length);
      expect(await registry.revision()).toBe(entries.length);
      expect(await registry.audit.verify()).toBeNull();
      const mine = entries.filter(({ subject }) => subject === `p-${round}`);
      expect(mine.length).toBeGreaterThanOrEqual(child.done);
      const admitted = (await registry.patients.find(`p-${round}`))?.admission !== null;
      expect(admitted).toBe(mine[0]?.action === 'patient.admitted');
      await registry.close();
    }
  }, 60_000);
});
