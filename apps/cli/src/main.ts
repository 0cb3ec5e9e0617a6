#!/usr/bin/env node
import { Command } from 'commander';
import { alarmResultsCommand } from './alarm-results/alarm-results-command.js';
import { backupCommand, restoreCommand } from './backup/backup-commands.js';
import { benchCommand } from './bench/bench-command.js';
import { convertCommand } from './convert/convert-command.js';
import { demoCommand } from './demo/demo-command.js';
import { deviceCommand } from './device/device-command.js';
import { doctorCommand } from './doctor/doctor-command.js';
import { fallFeaturesCommand } from './features/fall-features-command.js';
import { featuresCommand } from './features/features-command.js';
import { USAGE_EXIT_CODE, UsageError, endOnWrongUsage } from './flags/usage-error.js';
import { journalCommand } from './journal/journal-command.js';
import { modelsCommand } from './models/models-command.js';
import { patientCommand } from './patient/patient-command.js';
import { peopleCommand } from './people/people-command.js';
import { replayCommand } from './replay/replay-command.js';
import { shiftCommand } from './shift/shift-command.js';
import { simulateCommand } from './simulate/simulate-command.js';
import { startCommand } from './start/start-command.js';
import { wardCommand } from './ward/ward-command.js';

const program = new Command('vigil')
  .description('Real-time health monitoring from wearables.')
  .enablePositionalOptions()
  .addCommand(startCommand())
  .addCommand(demoCommand())
  .addCommand(doctorCommand())
  .addCommand(deviceCommand())
  .addCommand(patientCommand())
  .addCommand(wardCommand())
  .addCommand(peopleCommand())
  .addCommand(simulateCommand())
  .addCommand(replayCommand())
  .addCommand(convertCommand())
  .addCommand(journalCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(modelsCommand())
  .addCommand(benchCommand())
  .addCommand(alarmResultsCommand())
  .addCommand(shiftCommand())
  .addCommand(featuresCommand(), { hidden: true })
  .addCommand(fallFeaturesCommand(), { hidden: true });

/** Exit codes: 1 a command failed, 2 wrong usage. */
try {
  await endOnWrongUsage(program).parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof UsageError ? USAGE_EXIT_CODE : 1);
}
