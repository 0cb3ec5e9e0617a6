import { type Frame, sampledSeconds } from '@app/contracts';
import { type TimedItem, toleranceUs } from '@app/stream';

/**
 * A frame's place on its device's timeline. Light and motion decide its length.
 */
export function timedFrame(frame: Frame, receivedMs: number): TimedItem<Frame> {
  const own = frame.blocks.filter(({ kind }) => kind === 'ppg' || kind === 'accelerometer');
  const rates = (own.length > 0 ? own : frame.blocks).map(({ sampleRateHz }) => sampleRateHz);
  return {
    sequence: frame.sequence,
    startUs: frame.monotonicUs,
    endUs: frame.monotonicUs + sampledSeconds(frame) * 1e6,
    toleranceUs: toleranceUs(Math.max(0, ...rates)),
    arrivedMs: receivedMs,
    value: frame,
  };
}
