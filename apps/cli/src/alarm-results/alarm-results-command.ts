import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { OnnxModel } from '@app/inference';
import { HEART_RATE_MODEL_INTERFACE } from '@app/vitals';
import { openModel } from '../features/open-model.js';
import { UsageError } from '../flags/usage-error.js';
import { print } from '../output/print.js';
import { type EvaluationRun, evaluationRuns } from './evaluation-runs.js';
import { mustsOf } from './musts.js';
import { type Lags, readLags } from './reference-curve.js';
import { type FinishedRun, resultsPage, titleOf } from './results-page.js';
import { type ScoredRecording, scoreRecording } from './score-recordings.js';

interface AlarmResultsOptions {
  models: string;
  folds: string;
  lags: string;
  out: string;
  only?: string[];
}

/** `vigil alarm-results`: real recordings through the chain and the alarm machine, against their reference. */
export function alarmResultsCommand(): Command {
  return new Command('alarm-results')
    .description('score the alarms of public recordings against their reference heart rate')
    .argument('[datasets]', 'folder with bami and spcup2015 (default: VIGIL_DATASETS)')
    .option('--models <folder>', 'folder of the models and registry.json', 'models')
    .option(
      '--folds <folder>',
      'networks that left people out, of training.heart_rate.fold_models',
      'training/work/heart_rate/fold-models',
    )
    .option(
      '--lags <file>',
      'clocks of BAMI, of training.heart_rate.lags',
      'training/heart_rate/bami_lags.json',
    )
    .option('--only <device...>', 'only these recordings, as spc-DATA_01_TYPE01')
    .option('--out <file>', 'the page to write', 'docs/alarm-results.md')
    .action(alarmResults);
}

async function alarmResults(
  named: string | undefined,
  { models, folds, lags, out, only }: AlarmResultsOptions,
): Promise<void> {
  const datasets = named ?? process.env['VIGIL_DATASETS'];
  if (!datasets) throw new UsageError('name the folder of the data sets, or set VIGIL_DATASETS');
  const runs = await evaluationRuns({ datasets, models, folds, only: only ?? [] });
  if (!runs.some(({ set, isTest }) => set === 'BAMI' && isTest))
    process.stderr.write(
      `${folds} holds no networks that left people of BAMI out: no test on it\n`,
    );
  const known = readLags(lags);
  const finished: FinishedRun[] = [];
  for (const run of runs) {
    const recordings = await scoreRun(run, known);
    finished.push({ ...run, recordings });
    print(titleOf(run) + (run.isTest ? '' : ' (seen in training, no test)'));
    for (const { measure, reached, asked } of mustsOf(recordings))
      print(`  ${measure}: ${reached} (must: ${asked})`);
  }
  writeFileSync(out, resultsPage(finished));
}

async function scoreRun({ recordings }: EvaluationRun, lags: Lags): Promise<ScoredRecording[]> {
  const models = new Map<string, OnnxModel>();
  const scored: ScoredRecording[] = [];
  try {
    for (const { file, folder, reference } of recordings) {
      const model =
        models.get(reference) ?? (await openModel(folder, reference, HEART_RATE_MODEL_INTERFACE));
      models.set(reference, model);
      scored.push(await scoreRecording(file, model, lags));
    }
  } finally {
    for (const model of models.values()) await model.release();
  }
  return scored;
}
