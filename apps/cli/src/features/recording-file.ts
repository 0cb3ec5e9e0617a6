import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BodyPosition, Channel, SampleBlock } from '@app/contracts';

/**
 * A recording as training writes it: 4 bytes with the length of a JSON header (little-endian), the header, then for every
 * block its channels one after the other as 32-bit little-endian integers. training/README.md describes it.
 */
export interface Recording {
  name: string;
  /** Where the device was worn: the wrist unless it says otherwise. */
  position: BodyPosition;
  blocks: SampleBlock[];
}

const blockSchema = z.strictObject({
  kind: z.enum(['ppg', 'accelerometer', 'gyroscope']),
  unit: z.enum(['counts', 'g', 'm/s2', 'deg/s']),
  sampleRateHz: z.number().positive(),
  scale: z.number(),
  offset: z.number(),
  /** Wavelength in nm or axis, per channel. */
  channels: z.array(z.union([z.number().min(0), z.enum(['x', 'y', 'z'])])).min(1),
  /** Samples per channel. */
  length: z.number().int().positive(),
});

const headerSchema = z.strictObject({
  format: z.literal('vigil-recording'),
  version: z.literal(1),
  name: z.string().min(1),
  position: z.enum(['wrist', 'waist', 'pocket']).default('wrist'),
  blocks: z.array(blockSchema).min(1),
});

/** Throws an Error that names the file when it is not a recording. */
export function readRecording(path: string): Recording {
  const bytes = readFileSync(path);
  const start = 4 + (bytes.length < 4 ? 0 : bytes.readUInt32LE(0));
  let header: z.infer<typeof headerSchema>;
  try {
    header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, start)));
  } catch (error) {
    throw new Error(`${path} is not a recording: ${(error as Error).message}`, { cause: error });
  }
  const size = header.blocks.reduce((sum, b) => sum + 4 * b.length * b.channels.length, start);
  if (size !== bytes.length)
    throw new Error(`${path} holds ${bytes.length} bytes; its header promises ${size}`);

  let at = start;
  const blocks = header.blocks.map(({ channels, length, ...block }): SampleBlock => ({
    ...block,
    channels: channels.map((label): Channel => {
      const samples = new Int32Array(length);
      for (let i = 0; i < length; i++) samples[i] = bytes.readInt32LE(at + 4 * i);
      at += 4 * length;
      return typeof label === 'number'
        ? { wavelengthNm: label, axis: null, samples }
        : { wavelengthNm: null, axis: label, samples };
    }),
  }));
  return { name: header.name, position: header.position, blocks };
}
