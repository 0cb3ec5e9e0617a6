import { Command } from 'commander';
import { dataOption } from '../registry/registry-options.js';
import { vigilVersion } from './vigil-version.js';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

/** `vigil backup`: a copy of everything that a station knows, while it runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy journal, history, registry and certificates, also while the station runs')
    .requiredOption('--to <folder>', 'where to; empty or not there yet')
    .addOption(dataOption())
    .action(async ({ data, to }: { data: string; to: string }) => {
      const { files, history } = await backUp(data, to, vigilVersion());
      print(`${to}: ${Object.keys(files).length} files, each with its checksum`);
      if (history === 'influx')
        print(
          'The history is not in it: there is none in the data folder. Back up InfluxDB with its own tools.',
        );
      print('It holds names and keys: keep it as the data folder itself.');
    });
}

/** `vigil restore`: a data folder from a backup, on this machine or another. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('make a data folder from a backup')
    .requiredOption('--from <folder>', 'the backup')
    .addOption(dataOption())
    .action(async ({ data, from }: { data: string; from: string }) => {
      const { madeMs, vigil } = await restore(from, data);
      print(`${data}: as on ${new Date(madeMs).toISOString()}, made by Vigil ${vigil}`);
      print(`Now start the station: vigil start --data ${data}`);
    });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
