import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readModelRegistry } from '@app/inference';
import { bamiRecordings } from '../convert/bami-recordings.js';
import { DataSetError, type RecordingFile } from '../convert/public-recording.js';
import { spcRecordings } from '../convert/spc-recordings.js';

/** Recordings, and the model that answers each of them. */
export interface EvaluationRun {
  set: 'SPC 2015' | 'BAMI';
  /** For the heading. */
  model: string;
  /** Whether the models never saw these people: only then it is a test. */
  isTest: boolean;
  recordings: { file: RecordingFile; folder: string; reference: string }[];
  /** Recordings of the set that no model is there for. */
  left: number;
}

export interface RunOptions {
  datasets: string;
  /** Folder of the shipped models. */
  models: string;
  /** Folder that `python3 -m training.heart_rate.fold_models` wrote. */
  folds: string;
  /** Only these devices; empty: all. */
  only: readonly string[];
}

/** Trained on BAMI alone, so that SPC 2015 is a test of it. */
const TRAINED_ON_BAMI = 'hr-bami/1.0.0';

const foldsSchema = z.object({
  /** By the model whose recipe it is, the network that did not see the person of a recording. */
  recipes: z.record(z.string(), z.record(z.string(), z.string())),
});

/** What can be run with the models that are there; those of people left out first, what training has seen last. */
export async function evaluationRuns(options: RunOptions): Promise<EvaluationRun[]> {
  const { datasets, models, folds, only } = options;
  const chosen = ({ device }: RecordingFile) => only.length === 0 || only.includes(device);
  const spc = spcRecordings(join(datasets, 'spcup2015')).filter(chosen);
  const bami = bamiRecordings(join(datasets, 'bami')).filter(chosen);
  const missing = only.filter((one) => ![...spc, ...bami].some(({ device }) => device === one));
  if (missing.length > 0) throw new DataSetError(`${datasets} holds no ${missing.join(', ')}`);
  const sets = [
    { set: 'SPC 2015', files: spc },
    { set: 'BAMI', files: bami },
  ] as const;
  const by = (reference: string) => (file: RecordingFile) => ({ file, folder: models, reference });
  const { recipes } = readFolds(folds);
  const shipped = (await readModelRegistry(models)).heartRate?.live;

  const runs: EvaluationRun[] = [
    {
      set: 'SPC 2015',
      model: TRAINED_ON_BAMI,
      isTest: true,
      recordings: spc.map(by(TRAINED_ON_BAMI)),
      left: 0,
    },
  ];
  for (const [recipe, modelOf] of Object.entries(recipes))
    for (const { set, files } of sets) {
      const recordings = files.flatMap((file) => {
        const reference = modelOf[file.device.replace(/^(spc|bami)-/, '')];
        return reference === undefined ? [] : [{ file, folder: folds, reference }];
      });
      const left = files.length - recordings.length;
      runs.push({ set, model: `${recipe}, people left out`, isTest: true, recordings, left });
    }
  if (shipped !== undefined)
    for (const { set, files } of sets)
      runs.push({
        set,
        model: shipped,
        isTest: false,
        recordings: files.map(by(shipped)),
        left: 0,
      });
  return runs.filter(({ recordings }) => recordings.length > 0);
}

function readFolds(folder: string): z.infer<typeof foldsSchema> {
  const path = join(folder, 'folds.json');
  if (!existsSync(path)) return { recipes: {} };
  return foldsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
