import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Station } from '../servers/station.js';

it('ends a processor that hangs, and starts it again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'vigil-hung-'));
  const station = await Station.start(data);
  try {
    await station.untilReady();
    const [hung = 0] = station.processors();
    process.kill(hung, 'SIGSTOP');
    while (station.processors().includes(hung)) await sleep(200);
    await station.untilReady();
    expect(station.processors()).toHaveLength(1);
  } finally {
    await station.stop();
    rmSync(data, { recursive: true, force: true });
  }
}, 120_000);
