/**
 * One frame of samples as the rest of Vigil sees it: parsed once, at the edge, from `vigil.v1.Frame`.
 * Numbers are plain numbers (all stay below 2^53), samples typed arrays, absent values `null`.
 */
export interface Frame {
  device: string;
  bootId: string;
  /** Counts the device's frames within one boot, over all topics. */
  sequence: number;
  /** Device's monotonic clock at the first sample, µs since boot. */
  monotonicUs: number;
  /** Device's wall clock at that instant, ms since 1970, or null when it has none. */
  wallClockMs: number | null;
  wallClockSource: ClockSource;
  /** Device's monotonic clock when the frame was sent, µs since boot, or null. */
  sentMonotonicUs: number | null;
  position: BodyPosition;
  blocks: SampleBlock[];
  /** 0 to 1. */
  battery: number | null;
  worn: boolean | null;
  charging: boolean | null;
}

export interface SampleBlock {
  kind: SampleKind;
  sampleRateHz: number;
  unit: Unit;
  /** Physical value = sample * scale + offset. */
  scale: number;
  offset: number;
  channels: Channel[];
}

export interface Channel {
  /** PPG: wavelength of the light in nm; 0 when unknown. Null for other kinds. */
  wavelengthNm: number | null;
  axis: 'x' | 'y' | 'z' | null;
  samples: Int32Array;
}

export type ClockSource = 'unspecified' | 'ntp' | 'cellular' | 'gnss' | 'manual';
export type BodyPosition =
  'unspecified' | 'wrist' | 'finger' | 'upper-arm' | 'chest' | 'waist' | 'pocket' | 'ear';
export type SampleKind = 'ppg' | 'accelerometer' | 'gyroscope' | 'temperature';
export type Unit = 'counts' | 'g' | 'm/s2' | 'deg/s' | 'celsius';

/** Seconds of samples in the frame: its longest block. */
export function frameSeconds(frame: Frame): number {
  return Math.max(0, ...frame.blocks.map(blockSeconds));
}

/**
 * Seconds of light and motion in the frame; of anything else when it has neither. One reading of a slow thermometer would
 * claim seconds that the next frames fill.
 */
export function sampledSeconds({ blocks }: Pick<Frame, 'blocks'>): number {
  const own = blocks.filter(({ kind }) => kind === 'ppg' || kind === 'accelerometer');
  return Math.max(0, ...(own.length > 0 ? own : blocks).map(blockSeconds));
}

export function blockSeconds(block: SampleBlock): number {
  return (block.channels[0]?.samples.length ?? 0) / block.sampleRateHz;
}
