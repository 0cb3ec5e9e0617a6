import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { loadModel, type OnnxModel } from '@app/inference';
import { HEART_RATE_MODEL_INTERFACE } from '@app/vitals';
import { answerTable } from './answer-table.js';
import { writeArrays } from './array-file.js';
import { readRecording } from './recording-file.js';
import { windowsOf, windowTable } from './window-table.js';

const RECORDING = '.recording';

/** `vigil features IN OUT`: for training, so that it learns from the very features that are served. */
export function featuresCommand(): Command {
  return new Command('features')
    .description('turn recordings into model inputs, or into answers (used by training/)')
    .argument('<in>', `a ${RECORDING} file, or a folder of them`)
    .argument('<out>', 'folder for the .features files')
    .option('--answers <model>', 'add what the chain answers with this model, or with `spectral`')
    .option('--models <folder>', 'folder of the models', 'models')
    .action(async (input: string, output: string, options: FeaturesOptions) => {
      const model =
        options.answers === undefined || options.answers === 'spectral'
          ? null
          : await heartRateModel(options.models, options.answers);
      mkdirSync(output, { recursive: true });
      for (const path of recordingsIn(input)) {
        const recording = readRecording(path);
        const windows = windowsOf(recording);
        const tables = windowTable(recording, windows);
        if (options.answers !== undefined) tables.push(await answerTable(windows, model));
        writeArrays(join(output, `${basename(path, RECORDING)}.features`), tables);
      }
      await model?.release();
    });
}

interface FeaturesOptions {
  answers?: string;
  models: string;
}

async function heartRateModel(folder: string, reference: string): Promise<OnnxModel> {
  const slot = await loadModel(folder, reference, { wanted: HEART_RATE_MODEL_INTERFACE });
  if (slot.state === 'unavailable') throw new Error(slot.fault.message);
  return slot.model;
}

function recordingsIn(input: string): string[] {
  if (!statSync(input).isDirectory()) return [input];
  return readdirSync(input)
    .filter((name) => name.endsWith(RECORDING))
    .toSorted()
    .map((name) => join(input, name));
}
