import 'reflect-metadata';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { DEFAULT_WARD_LIMITS, limitsKeyOf } from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { COMMAND_LINE, type Registry, openDataFolder, openRegistry } from '@app/registry';
import { openSeriesStore } from '@app/series';
import { join } from 'node:path';
import { Registry as Metrics } from 'prom-client';
import { HistoryModule } from '../../apps/station/src/history/history.module.js';
import { Health } from '../../apps/station/src/platform/health.js';
import { PlatformModule } from '../../apps/station/src/platform/platform.module.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { PARTITIONS, makeFolder, removeFolder, until } from './gateway-app.js';
import { alarmOf, appendEvents } from './gateway-records.js';
import { wearing } from './wearing.js';

interface Role {
  journal: SqliteJournal;
  registry: Registry;
  module: TestingModule;
}

let folder: string;
let role: Role;

/** The history role on the folder. */
async function start(): Promise<Role> {
  openDataFolder(folder, 'simulated', PARTITIONS);
  const journal = await openSqliteJournal({
    folder: join(folder, 'journal'),
    partitions: PARTITIONS,
  });
  const file = join(folder, 'history.db');
  const series = openSeriesStore({ kind: 'sqlite', file, retentionDays: 3650 });
  const settings = readSettings({ data: folder }, {});
  const registry = await openRegistry(folder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
  const platform = { settings, journal, registry, series, metrics: new Metrics(), tls: null };
  const module = await Test.createTestingModule({
    imports: [PlatformModule.with(platform), HistoryModule],
  }).compile();
  await module.init();
  return { journal, registry, module };
}

beforeEach(async () => {
  folder = makeFolder();
  role = await start();
});
afterEach(async () => {
  await role.module.close();
  removeFolder(folder);
});

const logged = async (ward: string) => {
  const entries = await role.registry.alarmLog.query({ ward });
  return entries.map(({ bed, event }) => [event.id, bed]);
};

it('the alarm log has every alarm once, with the ward and bed of its patient, after restarts too', async () => {
  const { registry } = role;
  await wearing(registry, { device: 'watch-1', patient: 'p1' });
  await registry.wards.addBed(COMMAND_LINE, 'main', '4');
  await registry.patients.transfer(COMMAND_LINE, 'p1', 'main', '4');
  await registry.patients.admit(COMMAND_LINE, 'main', {
    patient: 'p2',
    name: 'B',
    label: 'B',
    bed: null,
  });
  await registry.patients.discharge(COMMAND_LINE, 'p2');
  const progress = { type: 'progress', part: 'alarms', partition: 0, tickMs: 1 } as const;
  await appendEvents(role.journal, 'p1', alarmOf('p1', 'e1'), progress);
  await appendEvents(role.journal, 'p2', alarmOf('p2', 'e2'));
  // nobody that the registry knows, and a ward itself
  await appendEvents(role.journal, 'p9', alarmOf('p9', 'e3'));
  const ward = limitsKeyOf('main');
  await appendEvents(role.journal, ward, alarmOf(ward, 'e4'));
  await until(async () => ((await logged('main')).length === 3 ? true : null));
  expect(new Map((await logged('main')) as [string, string | null][])).toEqual(
    new Map([
      ['e1', '4'],
      ['e2', null],
      ['e4', null],
    ]),
  );
  const all = await until(async () => {
    const entries = await role.registry.alarmLog.query({});
    return entries.length === 4 ? entries : null;
  });
  expect(all.find(({ event }) => event.id === 'e3')).toMatchObject({ ward: null, bed: null });

  await role.module.close();
  role = await start();
  // as an alarm machine repeats it after a crash
  await appendEvents(role.journal, 'p1', alarmOf('p1', 'e1'), alarmOf('p1', 'e5'));
  await until(async () => ((await logged('main')).some(([id]) => id === 'e5') ? true : null));
  expect(await role.registry.alarmLog.query({})).toHaveLength(5);
});

it('waits while the registry does not answer, and says so', async () => {
  const away = jest
    .spyOn(role.registry.alarmLog, 'append')
    .mockRejectedValue(new Error('database is locked'));
  await appendEvents(role.journal, 'p1', alarmOf('p1', 'e1'));
  const health = role.module.get(Health);
  const trouble = await until(() => {
    const part = health.parts().find(({ name }) => name === 'alarm log');
    return part?.ok === false ? part : null;
  });
  expect(trouble).toMatchObject({
    required: false,
    message: 'the alarm log waits for the registry: database is locked',
  });
  away.mockRestore();
  await until(async () => ((await role.registry.alarmLog.query({})).length === 1 ? true : null));
  await until(() =>
    health.parts().every(({ name, ok }) => name !== 'alarm log' || ok) ? true : null,
  );
});
