import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { serialize } from 'node:v8';
import { seededFrames } from '../../../../test/parity/seeded-wearable.js';
import type { FrameSource } from './frame-source.js';
import { PartitionSessions } from './partition-sessions.js';
import { ProcessorMetrics } from './processor-metrics.js';
import type { ReadyWindow } from './ready-window.js';
import { encodeSession } from './session-state.js';

const HOUR_MS = 3_600_000;
const metrics = () => new ProcessorMetrics(new Registry());
const live = (receivedMs: number): FrameSource => ({
  patient: 'anna',
  origin: 'simulated',
  lane: 'live',
  receivedMs,
});

function worn(sessions: PartitionSessions, bootId: string, seconds = 20): ReadyWindow[] {
  const ready: ReadyWindow[] = [];
  for (const frame of seededFrames({ device: 'wear-1', seed: 1, seconds, bootId }))
    sessions.take(frame, live(frame.monotonicUs / 1000 + 1000), ready);
  return ready;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('PartitionSessions', () => {
  it('saves only what changed, and continues from it', () => {
    const first = new PartitionSessions(metrics());
    expect(worn(first, 'boot-1')).toHaveLength(7);
    const { state } = first.takeChanges();
    expect([...state.keys()]).toEqual(['wear-1']);
    first.tick(21_000, []);
    expect([...first.takeChanges().state.keys()]).toEqual([':partition']);

    const second = new PartitionSessions(metrics(), state);
    const frames = seededFrames({ device: 'wear-1', seed: 1, seconds: 30 });
    const ready: ReadyWindow[] = [];
    for (const frame of frames) second.take(frame, live(frame.monotonicUs / 1000 + 1000), ready);
    expect(ready.map(({ window }) => window.window)).toEqual([7, 8, 9, 10, 11]);
  });

  it('keeps the state of a device small', () => {
    const sessions = new PartitionSessions(metrics());
    worn(sessions, 'boot-1', 120);
    const bytes = sessions.takeChanges().state.get('wear-1')!.length;
    expect(bytes).toBeLessThan(64 * 1024);
  });

  it('forgets a device that was silent for 12 hours, and its saved state', () => {
    const one = new PartitionSessions(metrics());
    worn(one, 'boot-1');
    one.takeChanges();
    one.tick(11 * HOUR_MS, []);
    expect([one.size, one.takeChanges().deleted]).toEqual([1, []]);
    one.tick(13 * HOUR_MS, []);
    expect([one.size, one.takeChanges().deleted]).toEqual([0, ['wear-1']]);
    worn(one, 'boot-1');
    const { state, deleted } = one.takeChanges();
    expect([state.has('wear-1'), deleted]).toEqual([true, []]);
  });

  it('follows two boots of a device and takes nothing more from those before', async () => {
    const registry = new Registry();
    const one = new PartitionSessions(new ProcessorMetrics(registry));
    expect(worn(one, 'boot-1')).toHaveLength(7);
    expect(worn(one, 'boot-2')).toHaveLength(7);
    expect(one.lanes).toBe(2);
    expect(worn(one, 'boot-3')).toHaveLength(7);
    expect(one.lanes).toBe(2);
    expect(worn(one, 'boot-1')).toHaveLength(0);
    expect(await registry.getSingleMetricAsString('vigil_frames_unplaced_total')).toContain(
      '{reason="retired-boot"} 20',
    );
  });

  it('mixes no two people: who wears the device next begins with nothing, whatever came before', () => {
    const frames = seededFrames({ device: 'wear-1', seed: 1, seconds: 90 });
    const wearers = ['anna', 'bert', 'anna', 'carl', 'bert'];
    const patientAt = (second: number) => wearers[Math.floor(second / 18)]!;
    const all = new PartitionSessions(metrics());
    const ready: ReadyWindow[] = [];
    for (const frame of frames) {
      const second = frame.monotonicUs / 1e6;
      // the second around a change is nobody's
      if (second % 18 === 0) continue;
      all.take(frame, { ...live(second * 1000 + 1000), patient: patientAt(second) }, ready);
      // sent again after the device was given away: still known
      all.take(frame, { ...live(second * 1000 + 1100), patient: 'dora' }, ready);
    }
    expect(new Set(ready.map(({ owner }) => owner.patient))).toEqual(
      new Set(['anna', 'bert', 'carl']),
    );
    for (const patient of ['anna', 'bert', 'carl']) {
      const alone = new PartitionSessions(metrics());
      const own: ReadyWindow[] = [];
      for (const frame of frames) {
        const second = frame.monotonicUs / 1e6;
        if (second % 18 !== 0 && patientAt(second) === patient)
          alone.take(frame, { ...live(second * 1000 + 1000), patient }, own);
      }
      const windows = ready.filter(({ owner }) => owner.patient === patient);
      expect(windows.map(({ window }) => window)).toEqual(own.map(({ window }) => window));
      expect(own.some(({ window }) => window.withheld === null)).toBe(true);
    }
  });

  it('begins a device anew that fails on a frame, and does not disturb the others', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const registry = new Registry();
    const one = new PartitionSessions(new ProcessorMetrics(registry));
    const ready: ReadyWindow[] = [];
    const frames = ['wear-1', 'wear-2'].flatMap((device) =>
      seededFrames({ device, seed: 1, seconds: 40 }),
    );
    Object.defineProperty(frames[9], 'blocks', {
      get: () => {
        throw new Error('no such frame');
      },
    });
    for (const frame of frames) one.take(frame, live(frame.monotonicUs / 1000 + 1000), ready);
    const windows = (device: string) =>
      ready
        .filter((r) => r.owner.device === device && r.window.withheld === null)
        .map((r) => r.window.window);
    expect(windows('wear-2')).toHaveLength(17);
    expect(windows('wear-1')).toEqual([0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(await registry.getSingleMetricAsString('vigil_session_failures_total')).toMatch(/ 1$/);
  });

  it.each([
    ['of another version', serialize({ version: 0, value: {} })],
    ['damaged', new Uint8Array([1, 2, 3])],
    [
      'cut short',
      encodeSession({
        device: 'wear-1',
        boots: [],
        retired: [],
        lastFrameMs: 0,
        strays: { recordedMs: null, frames: 0 },
      }).slice(0, 20),
    ],
  ])('refuses a state that is %s', (_what, bytes) => {
    expect(() => new PartitionSessions(metrics(), new Map([['wear-1', bytes]]))).toThrow();
  });
});
