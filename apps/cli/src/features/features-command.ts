import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import {
  ACTIVITY_MODEL_INTERFACE,
  HEART_RATE_MODEL_INTERFACE,
  WAIST_MODEL_INTERFACE,
} from '@app/vitals';
import { activityAnswerTable } from './activity-answer-table.js';
import { answerTable } from './answer-table.js';
import { writeArrays } from './array-file.js';
import { openModel } from './open-model.js';
import { readRecording } from './recording-file.js';
import { RECORDING, recordingsIn } from './recordings-in.js';
import { waistAnswerTable } from './waist-answer-table.js';
import { windowsOf, windowTable } from './window-table.js';

/** `vigil features IN OUT`: for training, so that it learns from the very features that are served. */
export function featuresCommand(): Command {
  return new Command('features')
    .description('turn recordings into model inputs, or into answers (used by training/)')
    .argument('<in>', `a ${RECORDING} file, or a folder of them`)
    .argument('<out>', 'folder for the .features files')
    .option('--answers <model>', 'add what the chain answers with this model, or with `spectral`')
    .option('--activity <model>', 'add what the chain says of the activity with this model')
    .option('--waist <model>', 'the same of devices at the waist')
    .option('--models <folder>', 'folder of the models', 'models')
    .action(async (input: string, output: string, options: FeaturesOptions) => {
      const model =
        options.answers === undefined || options.answers === 'spectral'
          ? null
          : await openModel(options.models, options.answers, HEART_RATE_MODEL_INTERFACE);
      const activity =
        options.activity === undefined
          ? null
          : await openModel(options.models, options.activity, ACTIVITY_MODEL_INTERFACE);
      const waist =
        options.waist === undefined
          ? null
          : await openModel(options.models, options.waist, WAIST_MODEL_INTERFACE);
      mkdirSync(output, { recursive: true });
      for (const path of recordingsIn(input)) {
        const recording = readRecording(path);
        const windows = windowsOf(recording);
        const tables = windowTable(recording, windows);
        if (options.answers !== undefined) tables.push(await answerTable(windows, model));
        if (activity !== null) tables.push(await activityAnswerTable(windows, activity));
        if (waist !== null) tables.push(await waistAnswerTable(windows, waist));
        writeArrays(join(output, `${basename(path, RECORDING)}.features`), tables);
      }
      await model?.release();
      await activity?.release();
      await waist?.release();
    });
}

interface FeaturesOptions {
  answers?: string;
  activity?: string;
  waist?: string;
  models: string;
}
