import type { Channel, SampleBlock } from '@app/contracts';

/** Slowest block that is used, Hz: slower ones cannot carry a pulse's harmonics or an arm's movement. */
const SLOWEST_HZ = 10;
/** Light channels in use at most. */
const MOST_LIGHT_CHANNELS = 3;
/** Green light (about 530 nm) is the least disturbed by motion at the wrist. */
const GREEN_NM = 530;
const STANDARD_GRAVITY = 9.80665;

/** The samples of a block that the lane uses, in physical units. */
export interface BlockColumns {
  sampleRateHz: number;
  columns: Float64Array[];
  /** One step of the converter in the columns' unit. */
  step: number;
  /** Equal for blocks whose columns mean the same. */
  layout: string;
}

/** At most three light channels, green first, or null when the block is too slow. */
export function lightColumns(block: SampleBlock): BlockColumns | null {
  if (block.sampleRateHz < SLOWEST_HZ) return null;
  const chosen = block.channels
    .map((channel, place) => ({ channel, place, distance: distanceToGreen(channel) }))
    .toSorted((a, b) => a.distance - b.distance || a.place - b.place)
    .slice(0, MOST_LIGHT_CHANNELS)
    .toSorted((a, b) => a.place - b.place);
  return {
    sampleRateHz: block.sampleRateHz,
    columns: chosen.map(({ channel }) => physical(channel, block.scale, block.offset)),
    step: Math.abs(block.scale),
    layout: chosen.map(({ channel, place }) => `${place}:${channel.wavelengthNm}`).join(),
  };
}

/** Acceleration along x, y and z in g, gravity kept, or null when the block is too slow. */
export function motionColumns(block: SampleBlock): BlockColumns | null {
  if (block.sampleRateHz < SLOWEST_HZ) return null;
  const toG = block.unit === 'm/s2' ? 1 / STANDARD_GRAVITY : 1;
  const axes = (['x', 'y', 'z'] as const).map((axis) =>
    block.channels.find((channel) => channel.axis === axis),
  );
  return {
    sampleRateHz: block.sampleRateHz,
    columns: axes.flatMap((channel) =>
      channel === undefined ? [] : [physical(channel, block.scale * toG, block.offset * toG)],
    ),
    step: Math.abs(block.scale) * toG,
    layout: 'xyz',
  };
}

/** Turning about x, y and z in deg/s, or null when the block is too slow. */
export function rotationColumns(block: SampleBlock): BlockColumns | null {
  if (block.sampleRateHz < SLOWEST_HZ) return null;
  const axes = (['x', 'y', 'z'] as const).map((axis) =>
    block.channels.find((channel) => channel.axis === axis),
  );
  return {
    sampleRateHz: block.sampleRateHz,
    columns: axes.flatMap((channel) =>
      channel === undefined ? [] : [physical(channel, block.scale, block.offset)],
    ),
    step: Math.abs(block.scale),
    layout: 'xyz',
  };
}

/** Unknown wavelengths (0) come after green ones and before others. */
function distanceToGreen({ wavelengthNm }: Channel): number {
  return wavelengthNm === null || wavelengthNm === 0 ? 40 : Math.abs(wavelengthNm - GREEN_NM);
}

function physical({ samples }: Channel, scale: number, offset: number): Float64Array {
  const out = new Float64Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = (samples[i] as number) * scale + offset;
  return out;
}
