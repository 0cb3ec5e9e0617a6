import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Frame, Waveform } from '@app/contracts';
import { SlowClient } from './gateway-slow-client.js';
import {
  type GatewayApp,
  makeFolder,
  next,
  removeFolder,
  startGateway,
  until,
} from './gateway-app.js';
import { appendFrame, appendVital, deviceOf, frameOf, vitalOf } from './gateway-records.js';

let folder: string;
let gateway: GatewayApp;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await gateway.admit('p1', 'p2');
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

/** Appends frames of both patients until a waveform comes: following begins a moment after the watch. */
async function appendUntil(got: () => boolean, from: number): Promise<number> {
  let second = from;
  await until(async () => {
    if (got()) return true;
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), second));
    await appendFrame(gateway.journal, 'p2', frameOf(deviceOf('p2'), second));
    second++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  });
  return second;
}

describe('waveforms', () => {
  it('come while a patient is watched, of that patient, in physical units; then no more', async () => {
    const dashboard = await gateway.dashboard();
    const waveforms: Waveform[] = [];
    dashboard.on('waveform', (message) => waveforms.push(message));
    await dashboard.emitWithAck('watch', 'ward/main');
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), 0));
    await next(dashboard, 'heartbeat');
    expect(waveforms).toEqual([]);

    await dashboard.emitWithAck('watch', 'patient/p1');
    const second = await appendUntil(() => waveforms.length > 0, 1);
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), 999), 'backfill');
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), second));
    await until(() => (waveforms.at(-1)?.monotonicUs === second * 1e6 ? true : null));
    expect(new Set(waveforms.map(({ patient }) => patient))).toEqual(new Set(['p1']));
    expect(waveforms.some(({ monotonicUs }) => monotonicUs === 999e6)).toBe(false);
    const last = waveforms.at(-1)!;
    expect(last).toMatchObject({ device: 'watch-p1', bootId: 'boot-1', dropped: 0 });
    expect(last.traces.map(({ kind, label, sampleRateHz }) => [kind, label, sampleRateHz])).toEqual(
      [
        ['ppg', '530 nm', 25],
        ['accelerometer', 'x', 25],
        ['accelerometer', 'y', 25],
        ['accelerometer', 'z', 25],
      ],
    );
    expect(last.traces[0]?.values).toEqual(Array.from({ length: 25 }, (_, i) => second * 25 + i));
    expect(last.traces[3]?.values).toEqual(Array.from({ length: 25 }, () => 1));

    dashboard.emit('unwatch', 'patient/p1');
    const before = waveforms.length;
    await dashboard.emitWithAck('watch', 'ward/main');
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), second + 1));
    await next(dashboard, 'heartbeat');
    expect(waveforms).toHaveLength(before);
  });

  it('follow the patient to another device', async () => {
    const dashboard = await gateway.dashboard();
    await dashboard.emitWithAck('watch', 'patient/p1');
    const other = 'another-watch';
    await appendVital(gateway.journal, vitalOf('p1', 0, { device: other }));
    let found: Waveform | null = null;
    dashboard.on('waveform', (message) => {
      if (message.device === other) found = message;
    });
    let second = 0;
    await until(async () => {
      await appendFrame(gateway.journal, 'p1', frameOf(other, second++));
      return found;
    });
  });

  it('drop the oldest for a client that does not read, and say how many', async () => {
    const slow = await SlowClient.watch(gateway, 'patient/p1');
    slow.pause();
    const dropped = async () => {
      const text = await (await fetch(`${gateway.url}/metrics`)).text();
      return Number(/^vigil_gateway_waveforms_dropped_total (\d+)/m.exec(text)?.[1] ?? 0);
    };
    // large frames fill the kernel's buffers sooner: 1 byte of a sample becomes 7 of text
    let count = 0;
    await until(async () => {
      const frames = Array.from({ length: 20 }, () => largeFrame(count++));
      await Promise.all(frames.map((frame) => appendFrame(gateway.journal, 'p1', frame)));
      return (await dropped()) > 0 ? true : null;
    });
    slow.resume();
    const told = await until(() => slow.waveforms.find((message) => message.dropped > 0) ?? null);
    const at = slow.waveforms.indexOf(told);
    const previous = slow.waveforms[at - 1]!;
    expect(told.monotonicUs).toBe(previous.monotonicUs + (told.dropped + 1) * 2e6);
    slow.close();
  }, 20_000);
});

/** Two seconds of eight lights at 950 Hz. */
function largeFrame(count: number): Frame {
  const samples = new Int32Array(1900).fill(7);
  const channels = Array.from({ length: 8 }, (_, i) => ({
    wavelengthNm: 500 + i,
    axis: null,
    samples,
  }));
  const scale = 1.0001;
  return {
    ...frameOf(deviceOf('p1'), count),
    monotonicUs: count * 2e6,
    blocks: [{ kind: 'ppg', sampleRateHz: 950, unit: 'counts', scale, offset: 0, channels }],
  };
}
