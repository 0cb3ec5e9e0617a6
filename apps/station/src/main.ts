#!/usr/bin/env node
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { SettingError, readSettings, settingsCommand } from './settings.js';
import { startStation } from './station.js';

/** Exit codes: 1 the station failed, 2 a setting cannot work. */
settingsCommand('vigil start')
  .action(async (flags: Record<string, unknown>) => {
    try {
      await startStation(readSettings(flags, process.env));
    } catch (error) {
      if (error instanceof SettingError) {
        process.stderr.write(`${error.message}\n`);
        process.exit(2);
      }
      new Logger('Station').fatal(error instanceof Error ? (error.stack ?? error.message) : error);
      process.exit(1);
    }
  })
  .parse();
