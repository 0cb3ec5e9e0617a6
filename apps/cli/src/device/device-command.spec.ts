import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { openDeviceStore } from '@app/registry';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(60_000);

const fromSource = new URL('../../../../libs/journal/src/testing/from-source.mjs', import.meta.url);
const command = new URL('device-command.ts', import.meta.url);
const usage = new URL('../flags/usage-error.ts', import.meta.url);
const parent = mkdtempSync(join(tmpdir(), 'vigil-cli-device-'));
const data = join(parent, 'data');

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Runs `vigil device …` from source, as its own process. */
function vigilDevice(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const program = `
    const { deviceCommand } = await import(${JSON.stringify(command.href)});
    const { endOnWrongUsage } = await import(${JSON.stringify(usage.href)});
    await endOnWrongUsage(deviceCommand()).parseAsync(process.argv.slice(1), { from: 'user' }).catch((error) => {
      process.stderr.write(error.message);
      process.exit(1);
    });`;
  const flags = ['--no-warnings', '--experimental-transform-types', '--import', fromSource.href];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...flags, '--input-type=module', '--eval', program, '--', ...args],
      { env: { ...process.env, NODE_OPTIONS: '', VIGIL_DATA: data } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

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

    const store = openDeviceStore(data);
    try {
      expect(await store.verify('watch-7', secret)).toMatchObject({
        patient: 'bed-3',
        origin: 'live',
      });
      expect(await store.verify('watch-8', shown ?? '')).toMatchObject({ patient: 'bed-4' });
      const renewed = JSON.parse((await vigilDevice('renew', 'watch-7', '--json')).out);
      expect(await store.verify('watch-7', secret)).toBeNull();
      expect(await store.verify('watch-7', renewed.secret)).not.toBeNull();
    } finally {
      store.close();
    }

    const list = await vigilDevice('list');
    expect(list.out).toMatch(/^watch-7 +bed-3 +live +\d{4}-/m);
    expect(list.out).not.toContain(secret);
    expect(JSON.parse((await vigilDevice('list', '--json')).out)).toHaveLength(2);

    expect(await vigilDevice('remove', 'watch-7')).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse((await vigilDevice('list', '--json')).out)).toHaveLength(1);
  });

  it.each([
    [1, 'exists already', ['add', 'watch-8', '--patient', 'bed-4']],
    [1, 'no device watch-9', ['remove', 'watch-9']],
    [1, 'no device watch-9', ['renew', 'watch-9']],
    [1, 'holds live data, not replay', ['add', 'r', '--patient', 'p', '--origin', 'replay']],
    [1, 'vigil.json is missing', ['list', '--data', '/nonexistent']],
    [2, "missing required argument 'name'", ['add', '--patient', 'bed-4']],
    [2, '--patient', ['add', 'watch-9']],
    [2, 'letters, digits', ['add', 'a/b', '--patient', 'bed-4']],
    [2, 'unknown command', ['rename', 'watch-8']],
  ])('ends with %i and says “%s”', async (code, sentence, args) => {
    const { code: ended, out, err } = await vigilDevice(...args);
    expect({ ended, out }).toEqual({ ended: code, out: '' });
    expect(err).toContain(sentence);
  });
});
