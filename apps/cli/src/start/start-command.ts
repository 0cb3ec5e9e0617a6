import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { StationProcess } from '../station/station-process.js';

/** `vigil start`: the station alone, in the foreground. Its own program reads the flags and prints the help. */
export function startCommand(): Command {
  return new Command('start')
    .description('run the station: broker, processor, alarms, history and gateway')
    .argument('[flags...]', 'settings of the station; `vigil start --help` lists them')
    .allowUnknownOption()
    .helpOption(false)
    .action((flags: string[]) => {
      const child = spawn(process.execPath, [StationProcess.program, ...flags], {
        // A channel, so that the station ends with this process, however it ends.
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      });
      for (const signal of ['SIGINT', 'SIGTERM'] as const)
        process.on(signal, () => child.kill(signal));
      child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
    });
}
