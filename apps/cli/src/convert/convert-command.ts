import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { bamiRecordings } from './bami-recordings.js';
import { DataSetError, type RecordingFile } from './public-recording.js';
import { spcRecordings } from './spc-recordings.js';
import { writeRecording } from './write-recording.js';

interface DataSet {
  /** Its folder under `VIGIL_DATASETS`. */
  folder: string;
  recordings: (folder: string) => RecordingFile[];
}

const DATA_SETS = {
  spc: { folder: 'spcup2015', recordings: spcRecordings },
  bami: { folder: 'bami', recordings: bamiRecordings },
} satisfies Record<string, DataSet>;

type DataSetName = keyof typeof DATA_SETS;

/** `vigil convert`: public recordings → files for `vigil replay`. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('convert public recordings to files for `vigil replay`')
    .addArgument(
      new Argument(
        '<set>',
        'spc: IEEE Signal Processing Cup 2015; bami: BAMI-1 and BAMI-2',
      ).choices(Object.keys(DATA_SETS)),
    )
    .argument('[folder]', 'the set as its authors publish it (default: in VIGIL_DATASETS)')
    .requiredOption('--out <folder>', 'where the *.vigil and *.reference.json files go')
    .option('--only <device...>', 'only these, as spc-DATA_01_TYPE01')
    .action(convert);
}

async function convert(
  set: DataSetName,
  folder: string | undefined,
  options: { out: string; only?: string[] },
): Promise<void> {
  const source = folderOf(set, folder);
  mkdirSync(options.out, { recursive: true });
  const missing = new Set(options.only);
  for (const { device, read } of DATA_SETS[set].recordings(source)) {
    if (options.only && !missing.delete(device)) continue;
    const written = await writeRecording(options.out, read());
    process.stdout.write(`${written.path}: ${written.frames} frames, ${written.windows} labels\n`);
  }
  if (missing.size > 0) throw new DataSetError(`${source} holds no ${[...missing].join(', ')}`);
}

function folderOf(set: DataSetName, folder: string | undefined): string {
  const root = process.env['VIGIL_DATASETS'];
  const found = folder ?? (root ? join(root, DATA_SETS[set].folder) : undefined);
  if (found === undefined) {
    throw new DataSetError(`name the folder of the data set, or set VIGIL_DATASETS`);
  }
  if (!existsSync(found)) throw new DataSetError(`there is no folder ${found}`);
  return found;
}
