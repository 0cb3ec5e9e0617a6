import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRegistry } from '../registry/with-registry.js';
import { commandRunner } from '../testing/run-command.js';

jest.setTimeout(60_000);

const parent = mkdtempSync(join(tmpdir(), 'vigil-cli-device-'));
const data = join(parent, 'data');
const vigilDevice = commandRunner('device/device-command.ts', 'deviceCommand', {
  VIGIL_DATA: data,
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('vigil device', () => {
  it('adds a device whose printed secret is right, lists it, renews and removes it', async () => {
    const added = await vigilDevice('add', 'watch-7', '--patient', 'bed-3', '--json');
    expect(added).toMatchObject({ code: 0, err: '' });
    const { secret } = JSON.parse(added.out);

    const plain = await vigilDevice('add', 'watch-8', '--patient', 'bed-4');
    expect(plain.code).toBe(0);
    const shown = /^secret: (\S+) /m.exec(plain.out)?.[1];
    expect(plain.out).toContain(
      `-i watch-8 -u watch-8 -P '${shown}' -q 1 -t vigil/v1/watch-8/frames`,
    );
    const spare = await vigilDevice('add', 'watch-9');
    expect(spare.out).toContain('watch-9, which nobody wears yet');

    await withRegistry(data, async ({ devices, patients }) => {
      expect(await devices.verify('watch-7', secret)).toMatchObject({
        origin: 'live',
        ward: 'main',
        wearings: [{ patient: 'bed-3', toMs: null }],
      });
      expect(await patients.find('bed-3')).toMatchObject({
        identity: { name: 'bed-3' },
        admission: { ward: 'main', label: 'bed-3', bed: null },
      });
      expect(await devices.verify('watch-8', shown ?? '')).not.toBeNull();
      const renewed = JSON.parse((await vigilDevice('renew', 'watch-7', '--json')).out);
      expect(renewed).toMatchObject({ device: 'watch-7', patient: 'bed-3' });
      expect(await devices.verify('watch-7', secret)).toBeNull();
      expect(await devices.verify('watch-7', renewed.secret)).not.toBeNull();
    });

    const list = await vigilDevice('list');
    expect(list.out).toMatch(/^watch-7 +main +bed-3 +live +\d{4}-/m);
    expect(list.out).toMatch(/^watch-9 +main +– +live +\d{4}-/m);
    expect(list.out).not.toContain(secret);
    expect(JSON.parse((await vigilDevice('list', '--json')).out)).toHaveLength(3);

    expect(await vigilDevice('remove', 'watch-7')).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse((await vigilDevice('list', '--json')).out)).toHaveLength(2);
  });

  it('puts a second device on a patient who is admitted', async () => {
    expect((await vigilDevice('add', 'strap-1', '--patient', 'bed-4')).code).toBe(0);
    const patient = await withRegistry(data, ({ patients }) => patients.find('bed-4'));
    expect(patient?.admission?.devices.map(({ device }) => device)).toEqual(['watch-8', 'strap-1']);
  });

  it.each([
    [1, 'watch-8', ['add', 'watch-8', '--patient', 'bed-4']],
    [1, 'no device none', ['remove', 'none']],
    [1, 'no device none', ['renew', 'none']],
    [1, 'no ward icu', ['add', 'none', '--ward', 'icu']],
    [1, 'holds live data, not replay', ['add', 'r', '--patient', 'p', '--origin', 'replay']],
    [1, 'vigil.json is missing', ['list', '--data', '/nonexistent']],
    [2, "missing required argument 'name'", ['add', '--patient', 'bed-4']],
    [2, 'letters, digits', ['add', 'a/b', '--patient', 'bed-4']],
    [2, 'letters, digits', ['add', 'watch-9', '--patient', 'Ada Lindqvist']],
    [2, 'unknown command', ['rename', 'watch-8']],
  ])('ends with %i and says “%s”', async (code, sentence, args) => {
    const { code: ended, out, err } = await vigilDevice(...args);
    expect({ ended, out }).toEqual({ ended: code, out: '' });
    expect(err).toContain(sentence);
  });
});
