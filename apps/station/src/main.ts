#!/usr/bin/env node
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { reasonOf } from './platform/fatal.js';
import { SettingError, readSettings, settingsCommand } from './settings.js';
import { StationLogger } from './station-logger.js';
import { startStation } from './station.js';

const BAD_USAGE = 2;

Logger.overrideLogger(new StationLogger());

/** Exit codes: 1 the station failed, 2 the command line, a setting or a file of the data folder cannot work. */
settingsCommand('vigil start')
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : BAD_USAGE))
  .action(async (flags: Record<string, unknown>) => {
    try {
      await startStation(readSettings(flags, process.env));
    } catch (error) {
      if (error instanceof SettingError) {
        process.stderr.write(`${error.message}\n`);
        process.exit(BAD_USAGE);
      }
      new Logger('Station').fatal(reasonOf(error));
      process.exit(1);
    }
  })
  .parse();
