import { WIRE_LIMITS, type Frame, type SampleBlock } from '@app/contracts';

/** Names the one life of a recording's clock. */
export const RECORDING_BOOT = 'recording';

/**
 * Cuts evenly sampled blocks that begin together into frames of one second, the first at monotonic time 0. A rest that is too
 * short for a frame goes into the last one.
 */
export function* recordingFrames(device: string, blocks: readonly SampleBlock[]): Generator<Frame> {
  const seconds = Math.max(
    ...blocks.map((block) => (block.channels[0]?.samples.length ?? 0) / block.sampleRateHz),
  );
  const last = Math.max(0, Math.ceil(seconds - WIRE_LIMITS.frameMinSeconds) - 1);
  for (let second = 0; second <= last; second++) {
    const end = second === last ? Infinity : second + 1;
    const parts = blocks.map((block) => part(block, second, end)).filter((one) => one !== null);
    if (parts.length === 0) continue;
    yield {
      device,
      bootId: RECORDING_BOOT,
      sequence: second,
      monotonicUs: second * 1e6,
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: 'wrist',
      blocks: parts,
      battery: null,
      worn: null,
      charging: null,
    };
  }
}

function part(block: SampleBlock, fromSecond: number, toSecond: number): SampleBlock | null {
  const [from, to] = [fromSecond * block.sampleRateHz, toSecond * block.sampleRateHz];
  if (!Number.isInteger(from))
    throw new Error('the sample rate of a recording must be a whole number');
  const channels = block.channels.map((channel) => ({
    ...channel,
    samples: channel.samples.slice(from, to),
  }));
  return channels[0]!.samples.length === 0 ? null : { ...block, channels };
}
