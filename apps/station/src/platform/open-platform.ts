import { JournalCorruptError, type SqliteJournal, openSqliteJournal } from '@app/journal';
import { DataFolderError, REGISTRY_FILE, openDataFolder, openRegistry } from '@app/registry';
import { type SeriesStore, openSeriesStore } from '@app/series';
import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { SettingError, type Settings, ownRoles } from '../settings.js';
import { systemClock } from './clock.js';
import { registerJournalMetrics } from './journal-metrics.js';
import { loadTls } from '../tls/tls.js';
import type { Platform } from './platform.module.js';
import { lockRole } from './role-lock.js';
import { newWardLimits } from './ward-limits.js';

const GIGABYTE = 1e9;
const HOUR_MS = 3_600_000;

/**
 * Opens everything that the roles of this process work with.
 * @throws SettingError when a setting does not fit what is there, or what is there cannot be used.
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
  const journal = await orSay(join(folder.path, 'journal'), () =>
    openJournal(join(folder.path, 'journal'), folder.partitions, settings),
  );
  registerJournalMetrics(journal, metrics);
  return {
    settings,
    metrics,
    journal,
    registry: await orSay(join(folder.path, REGISTRY_FILE), () =>
      openRegistry(folder.path, {
        defaultWardLimits: newWardLimits(settings),
        clock: () => Math.round(systemClock.nowMs()),
        systemClock: () => Date.now(),
      }),
    ),
    tls: await loadTls(settings, systemClock.nowMs()),
    series: await orSay(join(folder.path, 'history.db'), () => openSeries(folder.path, settings)),
  };
}

function openJournal(
  folder: string,
  partitions: number,
  settings: Settings,
): Promise<SqliteJournal> {
  const logger = new Logger('Journal');
  return openSqliteJournal({
    folder,
    partitions,
    retention: {
      frames: {
        maxAgeMs: settings.retentionHours * HOUR_MS,
        maxBytes: settings.retentionGigabytes * GIGABYTE,
      },
    },
    clock: () => Math.round(systemClock.nowMs()),
    onDamage: (sentence) => logger.error(sentence),
  });
}

function openSeries(folder: string, settings: Settings): SeriesStore {
  const retentionDays = settings.historyDays;
  return openSeriesStore(
    settings.influxUrl === undefined
      ? { kind: 'sqlite', file: join(folder, 'history.db'), retentionDays }
      : { kind: 'influx', url: settings.influxUrl, retentionDays },
  );
}

function openFolder(settings: Settings) {
  try {
    return openDataFolder(settings.data, settings.origin, settings.partitions);
  } catch (error) {
    if (error instanceof DataFolderError) throw new SettingError(error.message, { cause: error });
    throw error;
  }
}

/** Whatever keeps a file from being opened is said in a sentence with its name: a stack would say no more. */
async function orSay<T>(path: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const isDamaged = error instanceof JournalCorruptError;
    throw new SettingError(
      `--data (VIGIL_DATA): ${path} cannot be opened: ${(error as Error).message}` +
        (isDamaged ? '. What to do: docs/operations.md, "When a file is damaged"' : ''),
      { cause: error },
    );
  }
}
