import type { VitalSigns } from '@app/contracts';
import type { OnnxModel } from '@app/inference';
import { SignalLane } from '@app/vitals';
import type { PublicRecording } from '../convert/public-recording.js';
import { RECORDING_BOOT, recordingFrames } from '../convert/recording-frames.js';
import { answeredWindows } from '../features/answered-windows.js';

export interface ServedRecording {
  /** In their order; `endMs` counts from the first sample. */
  vitals: VitalSigns[];
  /** Time with a moving wrist, s. */
  movingS: number;
}

/** A wrist is still up to this much acceleration without gravity, root mean square over a window, g (docs/models.md). */
export const STILL_G = 0.06;
const HOP_S = 2;

/** What the served chain says of a recording: features, network and belief, each window as soon as its last sample is there. */
export async function servedVitals(
  { device, blocks }: Pick<PublicRecording, 'device' | 'blocks'>,
  model: OnnxModel,
): Promise<ServedRecording> {
  const lane = new SignalLane();
  const windows = [...recordingFrames(device, blocks)].flatMap((frame) => lane.push(frame));
  const vitals: VitalSigns[] = [];
  for await (const { window, result } of answeredWindows(windows, model)) {
    vitals.push({
      patient: device,
      origin: 'replay',
      device,
      bootId: RECORDING_BOOT,
      window: window.window,
      lane: 'live',
      endMonotonicUs: window.endMonotonicUs,
      endMs: window.endMonotonicUs / 1000,
      latencyMs: 0,
      ...result,
      battery: null,
      worn: null,
    });
  }
  const moving = windows.filter(({ motion }) => motion !== null && motion.rmsG > STILL_G);
  return { vitals, movingS: HOP_S * moving.length };
}
