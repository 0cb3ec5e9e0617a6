import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { writeArrays } from './array-file.js';
import { readRecording } from './recording-file.js';
import { windowTable } from './window-table.js';

const RECORDING = '.recording';

/** `vigil features IN OUT`: for training, so that it learns from the very features that are served. */
export function featuresCommand(): Command {
  return new Command('features')
    .description('turn recordings into model inputs (used by training/)')
    .argument('<in>', `a ${RECORDING} file, or a folder of them`)
    .argument('<out>', 'folder for the .features files')
    .action((input: string, output: string) => {
      mkdirSync(output, { recursive: true });
      for (const path of recordingsIn(input)) {
        const name = basename(path, RECORDING);
        writeArrays(join(output, `${name}.features`), windowTable(readRecording(path)));
      }
    });
}

function recordingsIn(input: string): string[] {
  if (!statSync(input).isDirectory()) return [input];
  return readdirSync(input)
    .filter((name) => name.endsWith(RECORDING))
    .toSorted()
    .map((name) => join(input, name));
}
