import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const RECORDING = '.recording';

/** The recordings of a folder by name, or the one file that was named. */
export function recordingsIn(input: string): string[] {
  if (!statSync(input).isDirectory()) return [input];
  return readdirSync(input)
    .filter((name) => name.endsWith(RECORDING))
    .toSorted()
    .map((name) => join(input, name));
}
