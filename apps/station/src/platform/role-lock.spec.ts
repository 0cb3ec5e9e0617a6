import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingError } from '../settings.js';
import { lockRole } from './role-lock.js';

describe('lockRole', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives a role once, and each share of the processor once', async () => {
    await lockRole(folder, 'broker');
    await lockRole(folder, 'processor', 0);
    await lockRole(folder, 'processor', 1);
    await expect(lockRole(folder, 'broker')).rejects.toThrow(
      'another station already runs the role broker on this folder',
    );
  }, 20_000);

  it('does not take a folder that cannot be written for another station', async () => {
    writeFileSync(join(folder, 'locks'), '');
    await expect(lockRole(folder, 'broker')).rejects.toThrow('its locks cannot be written');
    rmSync(join(folder, 'locks'));
    mkdirSync(join(folder, 'locks'));
    writeFileSync(join(folder, 'locks', 'broker-0.lock'), 'x'.repeat(4096));
    const startedMs = performance.now();
    await expect(lockRole(folder, 'broker')).rejects.toThrow(SettingError);
    await expect(lockRole(folder, 'broker')).rejects.toThrow('its locks cannot be written');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  }, 20_000);
});
