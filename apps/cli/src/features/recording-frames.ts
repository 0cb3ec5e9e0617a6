import type { Frame, SampleBlock } from '@app/contracts';
import type { Recording } from './recording-file.js';

/** Cuts a recording into frames of one second, the first at monotonic time 0. */
export function* recordingFrames(recording: Recording): Generator<Frame> {
  const seconds = Math.max(...recording.blocks.map(blockLength));
  for (let second = 0; second < seconds; second++) {
    const blocks = recording.blocks.flatMap((block) => {
      const first = Math.ceil(second * block.sampleRateHz - 1e-6);
      const end = Math.ceil((second + 1) * block.sampleRateHz - 1e-6);
      return sliceOf(block, first, end);
    });
    if (blocks.length === 0) continue;
    yield {
      device: recording.name,
      bootId: 'recording',
      sequence: second,
      monotonicUs: firstSampleUs(second, blocks[0]!.sampleRateHz),
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: recording.position,
      blocks,
      battery: null,
      worn: null,
      charging: null,
    };
  }
}

/** Not the full second when the rate is no whole number; blocks of one recording then share the first one's shift. */
function firstSampleUs(second: number, sampleRateHz: number): number {
  return Math.round((Math.ceil(second * sampleRateHz - 1e-6) * 1e6) / sampleRateHz);
}

function blockLength(block: SampleBlock): number {
  return (block.channels[0]?.samples.length ?? 0) / block.sampleRateHz;
}

function sliceOf(block: SampleBlock, first: number, end: number): SampleBlock[] {
  const channels = block.channels.map((channel) => ({
    ...channel,
    samples: channel.samples.subarray(first, end),
  }));
  return (channels[0]?.samples.length ?? 0) > 0 ? [{ ...block, channels }] : [];
}
