import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CANARY, DEFAULT_WARD_LIMITS, decodeInput, partitionOf } from '@app/contracts';
import { openSqliteJournal } from '@app/journal';
import { openDataFolder, openRegistry } from '@app/registry';
import { openSeriesStore } from '@app/series';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { CanaryModule } from '../../apps/station/src/canary/canary.module.js';
import { PlatformModule } from '../../apps/station/src/platform/platform.module.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { LOCAL_FILES } from '../../apps/station/src/tls/local-authority.js';
import { loadTls } from '../../apps/station/src/tls/tls.js';
import { makeFolder, removeFolder, until } from './gateway-app.js';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  removeFolder(folder);
});

/** Starts broker and canary under a certificate; resolves with the canary's first frame. */
async function firstFrame(tls: string) {
  openDataFolder(folder, 'simulated', 2);
  const settings = readSettings({ data: folder, mqttPort: 0, tls }, {});
  const journal = await openSqliteJournal({ folder: join(folder, 'journal'), partitions: 2 });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        settings,
        journal,
        registry: await openRegistry(folder, { defaultWardLimits: DEFAULT_WARD_LIMITS }),
        series: openSeriesStore({
          kind: 'sqlite',
          file: join(folder, 'history.db'),
          retentionDays: 1,
        }),
        metrics: new Registry(),
        tls: await loadTls(settings, Date.now()),
      }),
      CanaryModule,
    ],
  }).compile();
  const app = await module.init();
  try {
    return await until(async () => {
      const records = await journal.read('frames', partitionOf(CANARY, 2), 0, 100);
      const own = records.find(({ key }) => key === CANARY);
      return own === undefined ? null : decodeInput(own.value);
    });
  } finally {
    await app.close();
  }
}

it('connects to the own broker under the own certificate', async () => {
  expect(await firstFrame('local')).toMatchObject({
    type: 'frame',
    patient: CANARY,
    unassigned: null,
    origin: 'simulated',
    lane: 'live',
  });
});

it('trusts a certificate that names another host, and has nobody above it', async () => {
  const settings = { tls: 'local', tlsNames: ['station.example'], data: folder };
  const made = await loadTls(settings, Date.now());
  expect(made).not.toBeNull();
  const certificates = join(folder, 'tls');
  rmSync(join(certificates, LOCAL_FILES.root), { force: true });
  expect(await firstFrame(certificates)).toMatchObject({ type: 'frame', patient: CANARY });
});
