import { DEFAULT_WARD_LIMITS, type Origin } from '@app/contracts';
import { openDataFolder, openRegistry, readDataFolder, type Registry } from '@app/registry';

/** Partitions of a data folder that is made here; as `--partitions` of the station has it by default. */
const PARTITIONS = 4;

/**
 * Runs an action on the registry of a data folder, also while the station runs. What changes is left in the registry's outbox:
 * the station carries it into the journal within a second, or when it starts next.
 * @throws DataFolderError when there is no such folder.
 */
export async function withRegistry<T>(
  dataFolder: string,
  action: (registry: Registry, origin: Origin) => Promise<T>,
): Promise<T> {
  const { origin } = readDataFolder(dataFolder);
  const registry = await openRegistry(dataFolder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
  try {
    return await action(registry, origin);
  } finally {
    await registry.close();
  }
}

/** The same for what may come before the first start: makes the folder when there is none. */
export async function withNewRegistry<T>(
  dataFolder: string,
  origin: Origin | undefined,
  action: (registry: Registry, origin: Origin) => Promise<T>,
): Promise<T> {
  openDataFolder(dataFolder, origin, PARTITIONS);
  return withRegistry(dataFolder, action);
}
