import { describe, expect, it } from '@jest/globals';
import { type ArrivedFrame, WearerPlacement } from './wearer-placement.js';
import type { WornSpan } from './wearer-at.js';

/** Station's clock when the device boots. */
const BOOT_MS = 1_000_000_000;

/** A frame of one second, sampled so many ms after the boot, that came at once on a fresh connection. */
function frame(startMs: number, changes: Partial<ArrivedFrame> = {}): ArrivedFrame {
  const endMs = startMs + 1000;
  return {
    bootId: 'a',
    lane: 'live',
    startMs,
    endMs,
    sentMs: endMs + 20,
    wallMs: null,
    receivedMs: BOOT_MS + endMs + 50,
    connectedMs: BOOT_MS + endMs,
    isRepeated: false,
    ...changes,
  };
}

const wornFrom = (fromMs: number): WornSpan[] => [
  { patient: 'anna', fromMs: 0, toMs: fromMs },
  { patient: 'bert', fromMs, toMs: null },
];

function kindOf(frames: readonly ArrivedFrame[], spans: readonly WornSpan[]): string {
  const placement = new WearerPlacement();
  for (const one of frames) placement.observe(one);
  const placed = placement.place(frames.at(-1)!, spans);
  return placed.kind === 'patient' ? placed.patient : placed.kind;
}

describe('WearerPlacement', () => {
  it('places the first frame of a fresh connection to a fraction of a second', () => {
    expect(kindOf([frame(5000)], wornFrom(BOOT_MS + 4800))).toBe('bert');
    expect(kindOf([frame(5000)], wornFrom(BOOT_MS + 6200))).toBe('anna');
    expect(kindOf([frame(5000)], wornFrom(BOOT_MS + 5500))).toBe('not-placed');
  });

  it('knows that a frame may have been under way since the connection began, and no longer', () => {
    const late = { receivedMs: BOOT_MS + 46_000 };
    expect(kindOf([frame(5000, late)], wornFrom(BOOT_MS + 30_000))).toBe('not-placed');
    expect(kindOf([frame(5000, late)], wornFrom(BOOT_MS + 4800))).toBe('bert');
    // the next one comes in time
    const next = frame(46_000, { connectedMs: BOOT_MS + 6000 });
    expect(kindOf([frame(5000, late), next], wornFrom(BOOT_MS + 48_000))).toBe('anna');
  });

  it('believes frames in step on a connection that is old, after two seconds', () => {
    const old = { connectedMs: BOOT_MS - 3_600_000 };
    const stream = [0, 1, 2, 3].map((second) => frame(5000 + second * 1000, old));
    const spans = wornFrom(BOOT_MS + 3500);
    expect(stream.map((_, i) => kindOf(stream.slice(0, i + 1), spans))).toEqual([
      'not-placed',
      'not-placed',
      'bert',
      'bert',
    ]);
  });

  it('does not believe a stamp that the device’s own wall clock calls old, until frames come in step', () => {
    // noted at the making, then 60 s in a library's queue
    const queued = (second: number): ArrivedFrame =>
      frame(5000 + second * 1000, {
        wallMs: BOOT_MS + 5000 + second * 1000,
        receivedMs: BOOT_MS + 66_000 + second * 10,
        connectedMs: BOOT_MS + 65_900,
      });
    const frames = Array.from({ length: 60 }, (_, second) => queued(second));
    for (let i = 1; i < frames.length; i++)
      expect(kindOf(frames.slice(0, i), wornFrom(BOOT_MS + 66_000))).not.toBe('bert');
  });

  it('takes no evidence from a repetition but that it came after it was sent', () => {
    const again = { isRepeated: true, receivedMs: BOOT_MS + 90_000, connectedMs: BOOT_MS + 89_900 };
    expect(kindOf([frame(5000, again)], wornFrom(BOOT_MS + 80_000))).toBe('not-placed');
    expect(kindOf([frame(5000, again)], [{ patient: 'anna', fromMs: 0, toMs: null }])).toBe('anna');
  });

  it('is not led astray by one stamp from the future in a backlog', () => {
    const stream = [0, 1, 2].map((second) => frame(5000 + second * 1000));
    const wild = frame(1000, { lane: 'backfill', sentMs: 20 * 86_400_000 });
    const next = frame(8000);
    expect(kindOf([...stream, wild, next], wornFrom(BOOT_MS + 7500))).toBe('bert');
  });

  it('takes both for possible when the device’s clock stood still', () => {
    const before = [0, 1, 2, 3].map((second) => frame(5000 + second * 1000));
    // it slept for 100 s, and its clock with it
    const after = [0, 1, 2, 3, 4].map((second) =>
      frame(10_000 + second * 1000, { receivedMs: BOOT_MS + 111_050 + second * 1000 }),
    );
    expect(kindOf([...before, ...after], wornFrom(BOOT_MS + 60_000))).toBe('not-placed');
    expect(kindOf([...before, ...after], wornFrom(BOOT_MS + 8000))).toBe('bert');
  });

  it('lets an earlier boot tell nothing more, and a boot that does not run nothing', () => {
    const placement = new WearerPlacement();
    const first = frame(5000);
    placement.observe(first);
    const second = frame(1000, {
      bootId: 'b',
      receivedMs: BOOT_MS + 60_000,
      connectedMs: BOOT_MS + 59_900,
    });
    placement.observe(second);
    // a backlog of boot a, stamped with the clock of boot b
    const stray = frame(6000, {
      lane: 'backfill',
      sentMs: 30_000,
      receivedMs: BOOT_MS + 60_100,
      connectedMs: BOOT_MS + 59_900,
    });
    placement.observe(stray);
    expect(placement.place(stray, wornFrom(BOOT_MS + 30_000))).toMatchObject({ patient: 'anna' });
    // and of a boot that was never heard
    const unheard = { ...stray, bootId: 'never' };
    placement.observe(unheard);
    expect(placement.place(unheard, wornFrom(BOOT_MS + 30_000))).toEqual({ kind: 'not-placed' });
  });

  it('doubts more while the station’s clock is not the system’s, and after a step', () => {
    const placement = new WearerPlacement();
    placement.observe(frame(5000));
    const spans = wornFrom(BOOT_MS + 4000);
    expect(placement.place(frame(5000), spans)).toMatchObject({ patient: 'bert' });
    expect(placement.place(frame(5000), spans, 2000)).toEqual({ kind: 'not-placed' });
    placement.stepped(3_600_000);
    const later = frame(7000, { receivedMs: BOOT_MS + 8050 + 3_600_000 });
    placement.observe(later);
    expect(placement.place(later, wornFrom(BOOT_MS + 1_800_000))).toEqual({ kind: 'not-placed' });
  });

  it('keeps a bounded memory of a device that reboots and runs for days', () => {
    const placement = new WearerPlacement();
    for (let boot = 0; boot < 40; boot++)
      for (let hour = 0; hour < 48; hour++)
        placement.observe(
          frame(hour * 3_600_000, {
            bootId: `boot-${boot}`,
            receivedMs: BOOT_MS + boot * 1e9 + hour * 3_600_000 + 1050,
            connectedMs: BOOT_MS + boot * 1e9,
          }),
        );
    const { boots } = placement.save();
    expect(boots.map(({ bootId }) => bootId)).toEqual(
      Array.from({ length: 16 }, (_, i) => `boot-${i + 24}`),
    );
    expect(Math.max(...boots.map(({ anchors }) => anchors.length))).toBe(12);
    expect(JSON.stringify(boots).length).toBeLessThan(32 * 1024);
  });
});
