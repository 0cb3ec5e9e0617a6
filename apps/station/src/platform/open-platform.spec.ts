import { expect, it } from '@jest/globals';
import { openDataFolder } from '@app/registry';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../settings.js';
import { openPlatform } from './open-platform.js';

it('refuses more processors than the folder has partitions', async () => {
  const data = mkdtempSync(join(tmpdir(), 'vigil-platform-'));
  openDataFolder(data, 'live', 2);
  await expect(openPlatform(readSettings({ data, processors: '4' }, {}))).rejects.toThrow(
    /^--processors \(VIGIL_PROCESSORS\) 4 cannot exceed the 2 partitions of /,
  );
  rmSync(data, { recursive: true });
});
