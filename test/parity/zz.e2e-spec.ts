import { it } from '@jest/globals';
import { resolve } from 'node:path';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal } from '@app/journal';
import { decodeInput, decodeFrame } from '@app/contracts';
import { Registry } from 'prom-client';
import { Pipeline } from '../../apps/station/src/processor/pipeline.js';
import { ProcessorMetrics } from '../../apps/station/src/processor/processor-metrics.js';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { atSpeedOne, inputRecords } from './arrivals.js';
import { seededFrames } from './seeded-wearable.js';
it('cost', async () => {
  const networks = await Networks.load(resolve('models'), {}, () => undefined);
  const arrivals = Array.from({ length: 40 }, (_, i) =>
    atSpeedOne(seededFrames({ device: 'w' + i, seed: i, seconds: 120 }), 40 + i),
  ).flat();
  const records = inputRecords(arrivals, { partitions: 1 });
  const folder = mkdtempSync(join(tmpdir(), 'vigil-cost-'));
  const journal = await openSqliteJournal({ folder: join(folder, 'journal'), partitions: 1 });
  await journal.append('frames', records);
  const input = await journal.read('frames', 0, 0, records.length);
  let bytes = 0;
  for (const r of input) bytes += r.value.length;
  for (let turn = 0; turn < 2; turn++) {
    const m = new ProcessorMetrics(new Registry());
    const p = new Pipeline({
      journal,
      networks,
      metrics: m,
      clock: { nowMs: () => performance.now() },
    });
    const cpu = process.cpuUsage();
    const t = performance.now();
    for (let at = 0; at < input.length; at += 64) await p.process(input.slice(at, at + 64));
    const c = process.cpuUsage(cpu);
    const wall = performance.now() - t;
    const frames = arrivals.length;
    const windows = 40 * 57;
    process.stdout.write(
      `${input.length} records ${(bytes / input.length) | 0} B, ${windows} windows: wall ${wall | 0} ms, cpu ${((c.user + c.system) / 1000) | 0} ms; per frame ${((c.user + c.system) / frames).toFixed(0)} us\n`,
    );
    const d = performance.now();
    for (const r of input) {
      const i = decodeInput(r.value);
      if (i.type === 'frame') decodeFrame(i.frame);
    }
    process.stdout.write(
      `decode per frame ${((1000 * (performance.now() - d)) / frames).toFixed(0)} us\n`,
    );
    const s = performance.now();
    const cps = p.takeCheckpoints();
    const ser = performance.now() - s;
    let size = 0;
    for (const v of cps[0]!.state.values()) size += v.length;
    const c0 = performance.now();
    await journal.commit('x', cps);
    process.stdout.write(
      `checkpoint of 40 devices: ${ser.toFixed(1)} ms, ${(size / 40 / 1024).toFixed(1)} KiB per device, commit ${(performance.now() - c0).toFixed(1)} ms\n`,
    );
  }
  await journal.close();
}, 120000);
