import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFrame, encodeInput } from '@app/contracts';
import { createExportWriter } from '@app/journal';
import type { PublicRecording } from './public-recording.js';
import { recordingFrames } from './recording-frames.js';
import { referencePath } from './reference-file.js';

export interface WrittenRecording {
  path: string;
  frames: number;
  windows: number;
}

/**
 * Writes a recording as an export of the `frames` stream, as if a station had received it, with its reference beside it.
 * The times of arrival are made up and count from 1970, so that the same recording gives the same bytes.
 */
export async function writeRecording(
  folder: string,
  { device, blocks, reference }: PublicRecording,
): Promise<WrittenRecording> {
  const path = join(folder, `${device}.vigil`);
  const writer = createExportWriter(createWriteStream(path), {
    stream: 'frames',
    origin: 'replay',
    metadata: { device, reference: reference.source },
  });
  let frames = 0;
  for (const frame of recordingFrames(device, blocks)) {
    const receivedMs = frame.monotonicUs / 1000 + 1000;
    const value = encodeInput({
      type: 'frame',
      patient: device,
      unassigned: null,
      origin: 'replay',
      lane: 'live',
      receivedMs,
      frame: encodeFrame(frame),
    });
    await writer.write({ partition: 0, offset: frames, key: device, appendMs: receivedMs, value });
    frames++;
  }
  await writer.end();
  writeFileSync(referencePath(path), `${JSON.stringify(reference)}\n`);
  return { path, frames, windows: reference.windows.length };
}
