import { describe, expect, it } from '@jest/globals';
import type { Frame, SampleBlock } from '@app/contracts';
import { waveformTraces } from './waveform-traces.js';

function frame(...blocks: SampleBlock[]): Frame {
  return {
    device: 'watch',
    bootId: 'b1',
    sequence: 0,
    monotonicUs: 0,
    wallClockMs: null,
    wallClockSource: 'unspecified',
    sentMonotonicUs: null,
    position: 'wrist',
    blocks,
    battery: null,
    worn: null,
    charging: null,
  };
}
const samples = Int32Array.from([0, 1000, -2000]);

describe('waveformTraces', () => {
  it('gives light in counts and acceleration in g, whatever its unit was', () => {
    const axis = (name: 'x' | 'y' | 'z') => ({ wavelengthNm: null, axis: name, samples });
    const light = { wavelengthNm: 530, axis: null, samples };
    const accelerometer = (unit: 'g' | 'm/s2', scale: number): SampleBlock => ({
      kind: 'accelerometer',
      sampleRateHz: 32,
      unit,
      scale,
      offset: 0,
      channels: [axis('x')],
    });
    const ppg: SampleBlock = {
      kind: 'ppg',
      sampleRateHz: 64,
      unit: 'counts',
      scale: 2,
      offset: 5,
      channels: [light, { ...light, wavelengthNm: 0 }],
    };
    expect(waveformTraces(frame(ppg, accelerometer('g', 0.001)))).toEqual([
      { kind: 'ppg', label: '530 nm', sampleRateHz: 64, values: [5, 2005, -3995] },
      { kind: 'ppg', label: 'light', sampleRateHz: 64, values: [5, 2005, -3995] },
      { kind: 'accelerometer', label: 'x', sampleRateHz: 32, values: [0, 1, -2] },
    ]);
    expect(waveformTraces(frame(accelerometer('m/s2', 0.00980665)))[0]?.values).toEqual([0, 1, -2]);
  });

  it('leaves out what is not shown', () => {
    const channels = [{ wavelengthNm: null, axis: null, samples }];
    expect(
      waveformTraces(
        frame({
          kind: 'temperature',
          sampleRateHz: 1,
          unit: 'celsius',
          scale: 1,
          offset: 0,
          channels,
        }),
      ),
    ).toEqual([]);
  });
});
