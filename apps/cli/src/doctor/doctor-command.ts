import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../station/src/doctor/main.js', import.meta.url));

/** `vigil doctor`: the station's program that looks at what it needs. It reads the flags and prints the help. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at certificate, ports, clock, disk, versions, models and stores')
    .argument('[flags...]', 'settings of the station; `vigil doctor --help` lists them')
    .allowUnknownOption()
    .helpOption(false)
    .action((flags: string[]) => {
      const child = spawn(process.execPath, [PROGRAM, ...flags], { stdio: 'inherit' });
      child.on('exit', (code) => process.exit(code ?? 1));
    });
}
