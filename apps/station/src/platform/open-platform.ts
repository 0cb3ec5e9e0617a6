import { openSqliteJournal } from '@app/journal';
import { DataFolderError, openDataFolder, openDeviceStore } from '@app/registry';
import { openSeriesStore } from '@app/series';
import { join } from 'node:path';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { SettingError, type Settings, ownRoles } from '../settings.js';
import { systemClock } from './clock.js';
import { registerJournalMetrics } from './journal-metrics.js';
import type { Platform } from './platform.module.js';
import { lockRole } from './role-lock.js';

const GIGABYTE = 1e9;
const HOUR_MS = 3_600_000;

/**
 * Opens everything that the roles of this process work with.
 * @throws SettingError when a setting does not fit what is there.
 */
export async function openPlatform(settings: Settings): Promise<Platform> {
  const folder = openFolder(settings);
  if (settings.processors > folder.partitions) {
    throw new SettingError(
      `--processors (VIGIL_PROCESSORS) ${settings.processors} cannot exceed the ${folder.partitions} partitions of ${folder.path}: a partition has one processor`,
    );
  }
  for (const role of ownRoles(settings)) {
    // One process of each role per folder; the processor role has one per share of the partitions.
    await lockRole(folder.path, role, role === 'processor' ? settings.processorIndex : 0);
  }
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const journal = await openSqliteJournal({
    folder: join(folder.path, 'journal'),
    partitions: folder.partitions,
    retention: {
      frames: {
        maxAgeMs: settings.retentionHours * HOUR_MS,
        maxBytes: settings.retentionGigabytes * GIGABYTE,
      },
    },
    clock: () => Math.round(systemClock.nowMs()),
  });
  registerJournalMetrics(journal, metrics);
  return {
    settings,
    metrics,
    journal,
    devices: openDeviceStore(folder.path),
    series: openSeriesStore(
      settings.influxUrl === undefined
        ? {
            kind: 'sqlite',
            file: join(folder.path, 'history.db'),
            retentionDays: settings.historyDays,
          }
        : { kind: 'influx', url: settings.influxUrl, retentionDays: settings.historyDays },
    ),
  };
}

function openFolder(settings: Settings) {
  try {
    return openDataFolder(settings.data, settings.origin, settings.partitions);
  } catch (error) {
    if (error instanceof DataFolderError) throw new SettingError(error.message, { cause: error });
    throw error;
  }
}
