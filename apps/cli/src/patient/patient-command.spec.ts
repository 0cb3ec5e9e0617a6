import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRegistry } from '../registry/with-registry.js';
import { commandRunner } from '../testing/run-command.js';

jest.setTimeout(60_000);

const parent = mkdtempSync(join(tmpdir(), 'vigil-cli-patient-'));
const data = join(parent, 'data');
const environment = { VIGIL_DATA: data };
const vigilPatient = commandRunner('patient/patient-command.ts', 'patientCommand', environment);
const vigilWard = commandRunner('ward/ward-command.ts', 'wardCommand', environment);
const vigilDevice = commandRunner('device/device-command.ts', 'deviceCommand', environment);

beforeAll(() => vigilDevice('add', 'watch-7'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('vigil ward and vigil patient', () => {
  it('add a ward with beds, admit, assign since a time, and discharge', async () => {
    const done = { code: 0, out: '', err: '' };
    expect(await vigilWard('add', 'icu', 'Intensive care')).toEqual(done);
    expect(await vigilWard('bed', 'icu', '1', '2')).toEqual(done);
    const who = ['--name', 'Ada Lindqvist', '--label', 'A. L.', '--ward', 'icu', '--bed', '2'];
    expect(await vigilPatient('admit', 'P-42', ...who)).toEqual(done);
    const since = '2026-03-01T07:30:00Z';
    expect(await vigilPatient('assign', 'P-42', 'watch-7', '--since', since)).toEqual(done);
    await withRegistry(data, async ({ devices, outbox, audit }) => {
      const entry = await devices.find('watch-7');
      expect(entry?.wearings).toEqual([{ patient: 'P-42', fromMs: Date.parse(since), toMs: null }]);
      // What the station will carry into the journal when it runs.
      const waiting = (await outbox.peek(100)).map(({ key, record }) => `${record.type} ${key}`);
      expect(waiting).toEqual(
        expect.arrayContaining(['limits ward:icu', 'admission P-42', 'admission P-42']),
      );
      expect(await audit.query({ action: 'patient.admitted' })).toMatchObject([
        { role: 'command-line', subject: 'P-42', ward: 'icu' },
      ]);
    });

    const wards = await vigilWard('list');
    expect(wards.out).toMatch(/^icu +Intensive care +45 to 120 +1, 2: P-42$/m);
    const patients = await vigilPatient('list', '--ward', 'icu');
    expect(patients.out).toMatch(/^P-42 +A\. L\. +2 +watch-7 +–$/m);
    const json = await vigilPatient('list', '--ward', 'icu', '--json');
    expect(JSON.parse(json.out)).toMatchObject([{ patient: 'P-42', admission: { bed: '2' } }]);
    expect(json.out).not.toContain('Lindqvist');

    expect(await vigilPatient('discharge', 'P-42')).toEqual(done);
    expect((await vigilWard('list')).out).toMatch(/ 1, 2$/m);

    const another = await vigilPatient('admit', 'P-42', '--name', 'Bo', '--ward', 'icu');
    expect(another.err).toContain('known under another name');
    expect(await vigilPatient('admit', 'P-42', '--ward', 'icu')).toEqual(done);
    const again = await withRegistry(data, (registry) => registry.patients.find('P-42'));
    expect(again?.identity?.name).toBe('Ada Lindqvist');
  });

  it.each([
    [1, 'no bed 9', ['admit', 'P-1', '--bed', '9']],
    [1, 'P-1', ['assign', 'P-1', 'watch-7']],
    [1, 'P-1', ['discharge', 'P-1']],
    [2, 'must be a time', ['assign', 'P-1', 'watch-7', '--since', 'noon']],
    [2, 'letters, digits', ['admit', 'Ada Lindqvist']],
  ])('ends with %i and says “%s”', async (code, sentence, args) => {
    const { code: ended, out, err } = await vigilPatient(...args);
    expect({ ended, out }).toEqual({ ended: code, out: '' });
    expect(err).toContain(sentence);
  });
});
