import { z } from 'zod';

/** `<name>.reference.json` beside `<name>.vigil`: what a recording's windows are measured against. */
export const referenceSchema = z.object({
  source: z.string(),
  windows: z.array(
    z.object({
      /** Covers [2k, 2k + 8) s of the recording. */
      window: z.number().int().min(0),
      bpm: z.number().positive(),
    }),
  ),
});

export type ReferenceFile = z.output<typeof referenceSchema>;

/** Where the reference of a `*.vigil` file lies. */
export function referencePath(recordingPath: string): string {
  return recordingPath.replace(/\.vigil$/, '') + '.reference.json';
}
