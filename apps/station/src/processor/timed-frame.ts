import { type Frame, blockSeconds } from '@app/contracts';
import { type TimedItem, toleranceUs } from '@app/stream';

/**
 * A frame's place on its device's timeline. Light and motion decide its length: one reading of a slow thermometer would
 * claim seconds that the next frames fill.
 */
export function timedFrame(frame: Frame, receivedMs: number): TimedItem<Frame> {
  let seconds = 0;
  let rateHz = 0;
  for (const block of frame.blocks) {
    if (block.kind !== 'ppg' && block.kind !== 'accelerometer') continue;
    seconds = Math.max(seconds, blockSeconds(block));
    rateHz = Math.max(rateHz, block.sampleRateHz);
  }
  if (rateHz === 0) {
    for (const block of frame.blocks) {
      seconds = Math.max(seconds, blockSeconds(block));
      rateHz = Math.max(rateHz, block.sampleRateHz);
    }
  }
  return {
    sequence: frame.sequence,
    startUs: frame.monotonicUs,
    endUs: frame.monotonicUs + seconds * 1e6,
    toleranceUs: toleranceUs(rateHz),
    arrivedMs: receivedMs,
    value: frame,
  };
}
