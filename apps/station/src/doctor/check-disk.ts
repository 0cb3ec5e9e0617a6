import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readDataFolder } from '@app/registry';
import type { Settings } from '../settings.js';
import { type Finding, good, problem, warning } from './finding.js';

const GIGABYTE = 1e9;
/** Below this much free space the journal is soon unable to take anything, bytes. */
const LEAST_FREE_BYTES = GIGABYTE;

/** File systems of other machines, by the number that statfs(2) gives them: SQLite's WAL needs shared memory. */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x01021997: '9P',
};

export async function checkDisk(settings: Settings): Promise<Finding[]> {
  const folder = existing(settings.data);
  const { bavail, bsize, type } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const free = `${(freeBytes / GIGABYTE).toFixed(1)} GB free at ${folder}`;
  const findings: Finding[] = [dataFolder(settings)];
  const network = NETWORK_FILE_SYSTEMS[type];
  if (network !== undefined) {
    findings.push(
      problem(
        'file system',
        `${folder} lies on ${network}, where SQLite may lose data`,
        'choose a folder on a local disk with --data',
      ),
    );
  }
  if (freeBytes < LEAST_FREE_BYTES) {
    findings.push(
      problem('disk', free, 'make room: a station that cannot write acknowledges nothing'),
    );
  } else if (freeBytes < settings.retentionGigabytes * GIGABYTE) {
    findings.push(
      warning(
        'disk',
        `${free}, less than the ${settings.retentionGigabytes} GB that raw samples may take`,
        'make room, or set --retention-gigabytes lower',
      ),
    );
  } else {
    findings.push(good('disk', free));
  }
  try {
    await access(folder, constants.R_OK | constants.W_OK);
  } catch {
    findings.push(
      problem(
        'rights',
        `${folder} cannot be written by this user`,
        'give the station’s user the folder',
      ),
    );
  }
  return findings;
}

function dataFolder({ data }: Settings): Finding {
  if (!existsSync(data)) return good('data', `${data} will be made at the first start`);
  try {
    const { origin, partitions } = readDataFolder(data);
    return good('data', `${data} holds ${origin} data in ${partitions} partitions`);
  } catch (error) {
    return problem('data', (error as Error).message, 'choose another folder with --data');
  }
}

/** The folder itself, or the nearest one above it that exists. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}
