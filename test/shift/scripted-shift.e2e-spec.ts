import { scriptedShift } from '@app/ward';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../../apps/cli/src/shift/judge-shift.js';
import type { ShiftReport } from '../../apps/cli/src/shift/shift-report.js';
import { type Finished, vigil } from '../servers/vigil.js';

/** A machine that is busy may bring an alarm to the screen so much later than disclosed, s. How long it takes is measured elsewhere. */
const MARGIN_SECONDS = 6;
const MINUTE = 60_000;

describe('vigil shift', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-shift-test-'));
  const json = join(folder, 'report.json');
  const wrongJson = join(folder, 'wrong-report.json');
  let wrong: Promise<Finished>;

  // beside the other one, which takes longer
  beforeAll(() => {
    const scenario = join(folder, 'wrong.json');
    writeFileSync(scenario, JSON.stringify(WRONG));
    wrong = vigil('shift', scenario, '--json', wrongJson);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it(
    'a shift of three minutes raises exactly the alarms that are written in it, each within its disclosed delay',
    async () => {
      const finished = await vigil('shift', '--margin', `${MARGIN_SECONDS}`, '--json', json);
      const report: ShiftReport = JSON.parse(readFileSync(json, 'utf8'));
      const faulty = report.judgements.filter(({ faults }) => faults.length > 0);
      expect(faulty).toEqual([]);
      const came = report.judgements.map(({ subject, seen }) => `${subject} ${seen?.rule}`);
      expect(came).toEqual(EXPECTED);
      expect(report.quiet).toEqual(['P-02', 'P-12', 'P-19']);
      expect(report).toMatchObject({ ok: true, isReplayEqual: true });
      expect(finished).toMatchObject({ code: 0, stderr: '' });

      // the same shift, had one of its alarms not been expected
      for (const { subject, expected, seen } of report.judgements) {
        if (expected === null || seen === null) continue;
        const [judged] = judge({ subject, note: '', expected: [], seen: [seen] }, MARGIN_SECONDS);
        expect(judged).toMatchObject({ faults: [{ kind: 'extra' }] });
        const without = judge({ subject, note: '', expected: [expected], seen: [] }, 0);
        expect(without).toMatchObject([{ faults: [{ kind: 'missing' }] }]);
      }
    },
    6 * MINUTE,
  );

  it(
    'ends with 1 when an alarm is missing and another one comes',
    async () => {
      const finished = await wrong;
      expect(finished.code).toBe(1);
      expect(finished.stdout).toMatch(/P-01 +battery-low .*MISSING: it never came/);
      expect(finished.stdout).toMatch(/P-01 +nothing, but sensor-off .*EXTRA: nobody expected it/);
      expect(finished.stdout).toContain('NOT the expected alarms.');
      const report: ShiftReport = JSON.parse(readFileSync(wrongJson, 'utf8'));
      expect(report.ok).toBe(false);
    },
    2 * MINUTE,
  );

  it(
    'says what a scenario lacks',
    async () => {
      const scenario = join(folder, 'lacking.json');
      const { wearables } = scriptedShift();
      const { expected: _, ...first } = wearables[0]!;
      for (const [shift, message] of [
        [{ wearables, expected: [] }, 'lastsSeconds'],
        [{ lastsSeconds: 60, wearables }, 'alarms of the ward'],
        [{ lastsSeconds: 60, wearables: [first], expected: [] }, 'alarms shift-01 expects'],
      ] as const) {
        writeFileSync(scenario, JSON.stringify(shift));
        const finished = await vigil('shift', scenario);
        expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
      }
    },
    MINUTE,
  );
});

/** A shift in which one alarm comes that nobody expects, and one that is expected does not. */
const WRONG = {
  lastsSeconds: 28,
  expected: [],
  wearables: [
    {
      device: 'wrong-01',
      patient: 'P-01',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 70 }],
      faults: [{ kind: 'sensor-off', fromSeconds: 9 }],
      expected: [{ rule: 'battery-low', priority: 'low', sinceSeconds: 2 }],
    },
  ],
};

const EXPECTED = [
  'P-01 heart-rate-high',
  'P-03 heart-rate-high',
  'P-04 heart-rate-extreme-high',
  'P-04 heart-rate-high',
  'P-05 heart-rate-low',
  'P-06 signal-unusable',
  'P-06 check-patient',
  'P-07 sensor-off',
  'P-07 check-patient',
  'P-08 no-data',
  'P-08 check-patient',
  'P-09 heart-rate-high',
  'P-09 no-data',
  'P-09 check-patient',
  'P-10 battery-low',
  'P-11 heart-rate-high',
  'P-13 no-data',
  'P-13 check-patient',
  'P-14 no-data',
  'P-14 check-patient',
  'P-15 no-data',
  'P-15 check-patient',
  'P-16 no-data',
  'P-16 check-patient',
  'P-17 no-data',
  'P-17 check-patient',
  'P-18 no-data',
  'P-18 check-patient',
  'ward:main link-lost',
];
