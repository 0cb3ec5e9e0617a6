import {
  WIRE_LIMITS,
  type BodyPosition,
  type ClockSource,
  type Frame,
  type SampleBlock,
  type SampleKind,
  type Unit,
} from '@app/contracts';

/** Samples of one sensor in physical values. */
export interface RawBlock {
  kind: SampleKind;
  sampleRateHz: number;
  unit: Unit;
  /** Resolution: the physical step of one integer. */
  scale: number;
  /** Physical value of the integer 0. Default 0. */
  offset?: number;
  channels: RawChannel[];
}

export interface RawChannel {
  /** PPG: wavelength of the light, nm; 0 when unknown. */
  wavelengthNm?: number;
  axis?: 'x' | 'y' | 'z';
  values: ArrayLike<number>;
}

export interface RawFrame {
  /** Device's monotonic clock at the first sample, µs since boot. */
  monotonicUs: number;
  /** Wall clock at that instant, ms since 1970; null when the device has none. */
  wallClockMs: number | null;
  wallClockSource?: ClockSource;
  blocks: RawBlock[];
  battery?: number | null;
  worn?: boolean | null;
  charging?: boolean | null;
}

export interface FrameBuilderOptions {
  device: string;
  bootId: string;
  position: BodyPosition;
  /** The first frame's sequence number. Default 0. */
  firstSequence?: number;
}

/** Makes frames of raw samples: quantises them and counts the sequence of one boot. */
export class FrameBuilder {
  private sequence: number;

  constructor(private readonly options: FrameBuilderOptions) {
    this.sequence = options.firstSequence ?? 0;
  }

  /** Throws a RangeError on a sample that is not finite: only the sensor's reader knows what it means. */
  build(raw: RawFrame): Frame {
    return {
      device: this.options.device,
      bootId: this.options.bootId,
      sequence: this.sequence++,
      monotonicUs: Math.round(raw.monotonicUs),
      wallClockMs: raw.wallClockMs,
      wallClockSource: raw.wallClockSource ?? 'unspecified',
      sentMonotonicUs: null,
      position: this.options.position,
      blocks: raw.blocks.map(blockOf),
      battery: raw.battery ?? null,
      worn: raw.worn ?? null,
      charging: raw.charging ?? null,
    };
  }
}

function blockOf(raw: RawBlock): SampleBlock {
  const offset = raw.offset ?? 0;
  return {
    kind: raw.kind,
    sampleRateHz: raw.sampleRateHz,
    unit: raw.unit,
    scale: raw.scale,
    offset,
    channels: raw.channels.map((channel) => ({
      wavelengthNm: channel.wavelengthNm ?? null,
      axis: channel.axis ?? null,
      samples: quantise(channel.values, raw.scale, offset),
    })),
  };
}

/** Physical values → integers of `scale`, saturated at the wire's limit as a converter would. */
export function quantise(values: ArrayLike<number>, scale: number, offset: number): Int32Array {
  const limit = WIRE_LIMITS.sampleMagnitude;
  const samples = new Int32Array(values.length);
  for (let i = 0; i < samples.length; i++) {
    const steps = Math.round((values[i]! - offset) / scale);
    if (!Number.isFinite(steps)) throw new RangeError(`sample ${i} is not a finite number`);
    samples[i] = Math.max(-limit, Math.min(limit, steps));
  }
  return samples;
}
