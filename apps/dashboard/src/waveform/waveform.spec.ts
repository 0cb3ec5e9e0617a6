import { describe, expect, it } from '@jest/globals';
import { DELAY_S, type Playhead, arrived, playheadS } from './playhead.js';
import { WaveformBuffer, polylines } from './waveform-buffer.js';

const second = (atS: number, { bootId = 'b', dropped = 0 } = {}) => ({
  bootId,
  monotonicUs: atS * 1e6,
  dropped,
  traces: [
    { kind: 'ppg' as const, label: '530 nm', sampleRateHz: 4, values: [1, 2, 3, 4] },
    { kind: 'accelerometer' as const, label: 'x', sampleRateHz: 2, values: [0, 1] },
  ],
});

describe('the waveform buffer', () => {
  it('joins frames that follow each other and breaks the line at a gap', () => {
    const buffer = new WaveformBuffer();
    for (const atS of [10, 11, 14]) buffer.push(second(atS));
    expect(buffer.gaps).toEqual([{ fromS: 12, toS: 14, skipped: false }]);
    const lines = polylines(buffer.traces[0]!.chunks, 0, 100);
    expect(lines.map((line) => line.length / 2)).toEqual([8, 4]);
    expect(lines[1]?.slice(0, 4)).toEqual([14, 1, 14.25, 2]);
  });

  it('marks what the station skipped', () => {
    const buffer = new WaveformBuffer();
    buffer.push(second(10));
    buffer.push(second(13, { dropped: 2 }));
    expect(buffer.gaps).toEqual([{ fromS: 11, toS: 13, skipped: true }]);
  });

  it('ignores what it has, and starts anew with a new boot', () => {
    const buffer = new WaveformBuffer();
    for (const atS of [10, 11, 10]) buffer.push(second(atS));
    expect(buffer.traces[0]?.chunks).toHaveLength(2);
    buffer.push(second(0, { bootId: 'c' }));
    expect(buffer.endS).toBe(1);
    expect(buffer.traces[0]?.chunks).toHaveLength(1);
  });

  it('stays small', () => {
    const buffer = new WaveformBuffer();
    for (let i = 0; i < 1000; i++) buffer.push(second(i * 3));
    expect(buffer.traces[0]!.chunks.length).toBeLessThan(10);
    expect(buffer.gaps.length).toBeLessThan(10);
  });

  it('cuts lines to what is visible', () => {
    const buffer = new WaveformBuffer();
    for (const atS of [10, 11, 12]) buffer.push(second(atS));
    const [line] = polylines(buffer.traces[0]!.chunks, 10.5, 11.5);
    expect(line?.filter((_, i) => i % 2 === 0)).toEqual([10.5, 10.75, 11, 11.25, 11.5]);
  });
});

describe('the playhead', () => {
  it('moves at true speed while frames arrive unevenly', () => {
    let playhead: Playhead | null = null;
    const jitterS = [0, 0.3, 0.1, 0.6, 0, 0.2];
    jitterS.forEach((lateS, i) => {
      playhead = arrived(playhead, 101 + i, 1 + i + lateS);
    });
    expect(playheadS(playhead!, 10)).toBeCloseTo(110 - DELAY_S, 9);
  });

  it('jumps when it has run out of samples, or fell behind', () => {
    const playhead = arrived(null, 100, 0);
    expect(playheadS(arrived(playhead, 103, 8), 8)).toBeCloseTo(103 - DELAY_S, 9);
    expect(playheadS(arrived(playhead, 120, 8), 8)).toBeCloseTo(120 - DELAY_S, 9);
  });
});
