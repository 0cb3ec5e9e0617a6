import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSqliteJournalToRead } from '@app/journal';
import type { Settings } from '../settings.js';
import { type Finding, good, problem, warning } from './finding.js';

const run = promisify(execFile);
/** Records may be this much ahead of the clock, ms. */
const AHEAD_MS = 2_000;
const EARLIEST = Date.UTC(2026, 0, 1);

/** Whether this machine's clock can be right: alarms and history carry its time. */
export async function checkClock(settings: Settings): Promise<Finding[]> {
  const nowMs = Date.now();
  const now = new Date(nowMs).toISOString();
  if (nowMs < EARLIEST)
    return [problem('clock', `it says ${now}, before Vigil was made`, 'set the clock')];
  const newestMs = await newestRecordMs(settings);
  if (newestMs !== null && newestMs > nowMs + AHEAD_MS) {
    return [
      problem(
        'clock',
        `it says ${now}, and the journal's newest record is of ${new Date(newestMs).toISOString()}`,
        'set the clock; new records keep the later time until it is reached',
      ),
    ];
  }
  switch (await isSynchronised()) {
    case true:
      return [good('clock', `${now}, kept right over the network`)];
    case false:
      return [
        warning(
          'clock',
          `${now}, not kept right over the network`,
          'turn on NTP: timedatectl set-ntp true',
        ),
      ];
    case null:
      return [good('clock', `${now}; whether the network keeps it right cannot be told here`)];
  }
}

async function newestRecordMs({ data }: Settings): Promise<number | null> {
  const folder = join(data, 'journal');
  if (!existsSync(folder)) return null;
  const journal = await openSqliteJournalToRead(folder);
  try {
    const newest = Object.values(journal.info()).map(({ newestMs }) => newestMs ?? 0);
    return Math.max(...newest);
  } finally {
    await journal.close();
  }
}

async function isSynchronised(): Promise<boolean | null> {
  try {
    const { stdout } = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
    const answer = stdout.trim();
    return answer === 'yes' || answer === 'no' ? answer === 'yes' : null;
  } catch {
    return null;
  }
}
