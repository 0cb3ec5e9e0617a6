import type { Frame } from '@app/contracts';

/** A valid frame: one second of green light at 25 Hz, number `sequence` of its boot. */
export function frameOf(device: string, sequence = 0): Frame {
  return {
    device,
    bootId: 'boot-1',
    sequence,
    monotonicUs: sequence * 1_000_000,
    wallClockMs: null,
    wallClockSource: 'unspecified',
    sentMonotonicUs: (sequence + 1) * 1_000_000,
    position: 'wrist',
    blocks: [
      {
        kind: 'ppg',
        sampleRateHz: 25,
        unit: 'counts',
        scale: 1,
        offset: 0,
        channels: [
          {
            wavelengthNm: 530,
            axis: null,
            samples: Int32Array.from({ length: 25 }, (_, i) => 1000 + ((i * 37 + sequence) % 50)),
          },
        ],
      },
    ],
    battery: 0.8,
    worn: true,
    charging: null,
  };
}

/** The same frame as protobuf-JSON. */
export function jsonFrameOf(device: string, sequence = 0): Record<string, unknown> {
  return {
    schemaVersion: 1,
    device,
    bootId: 'boot-1',
    sequence: String(sequence),
    monotonicUs: String(sequence * 1_000_000),
    sentMonotonicUs: String((sequence + 1) * 1_000_000),
    blocks: [
      {
        kind: 'SAMPLE_KIND_PPG',
        sampleRateHz: 25,
        unit: 'UNIT_COUNTS',
        scale: 1,
        channels: [{ wavelengthNm: 530, samples: Array.from({ length: 25 }, (_, i) => 1000 + i) }],
      },
    ],
  };
}
