import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { FALL_MODEL_INTERFACE } from '@app/vitals';
import { writeArrays } from './array-file.js';
import { candidatesOf, fallAnswerTable, fallTable } from './fall-table.js';
import { openModel } from './open-model.js';
import { readRecording } from './recording-file.js';
import { RECORDING, recordingsIn } from './recordings-in.js';

/** `vigil fall-features IN OUT`: the impacts of recordings as the fall detector sees them, for training. */
export function fallFeaturesCommand(): Command {
  return new Command('fall-features')
    .description('turn recordings into inputs of the fall detector (used by training/)')
    .argument('<in>', `a ${RECORDING} file, or a folder of them`)
    .argument('<out>', 'folder for the .features files')
    .option('--model <model>', 'add what this model answers')
    .option('--models <folder>', 'folder of the models', 'models')
    .action(async (input: string, output: string, options: { model?: string; models: string }) => {
      const model =
        options.model === undefined
          ? null
          : await openModel(options.models, options.model, FALL_MODEL_INTERFACE);
      mkdirSync(output, { recursive: true });
      for (const path of recordingsIn(input)) {
        const recording = readRecording(path);
        const candidates = candidatesOf(recording);
        const tables = fallTable(recording, candidates);
        if (model !== null) tables.push(await fallAnswerTable(candidates, model));
        writeArrays(join(output, `${basename(path, RECORDING)}.features`), tables);
      }
      await model?.release();
    });
}
