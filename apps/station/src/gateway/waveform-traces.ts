import type { Channel, Frame, SampleBlock, WaveformTrace } from '@app/contracts';

const STANDARD_GRAVITY = 9.80665;

/** The light and acceleration of a frame in physical units: counts of the sensor, and g. */
export function waveformTraces(frame: Frame): WaveformTrace[] {
  return frame.blocks.flatMap((block) => {
    const { kind } = block;
    if (kind !== 'ppg' && kind !== 'accelerometer') return [];
    return block.channels.map((channel) => ({
      kind,
      label: labelOf(channel),
      sampleRateHz: block.sampleRateHz,
      values: physicalValues(block, channel),
    }));
  });
}

function labelOf({ axis, wavelengthNm }: Channel): string {
  if (axis !== null) return axis;
  return wavelengthNm ? `${wavelengthNm} nm` : 'light';
}

/** Rounded to 0.0001 of the unit: digits below are noise and cost bytes. */
function physicalValues({ scale, offset, unit }: SampleBlock, { samples }: Channel): number[] {
  const divisor = unit === 'm/s2' ? STANDARD_GRAVITY : 1;
  return Array.from(
    samples,
    (sample) => Math.round(((sample * scale + offset) / divisor) * 1e4) / 1e4,
  );
}
