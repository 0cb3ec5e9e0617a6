#!/usr/bin/env node
import 'reflect-metadata';
import { SettingError, readSettings, settingsCommand } from '../settings.js';
import { examine, report } from './doctor.js';

const BAD_USAGE = 2;

/** `vigil doctor`, with the station's own settings. Exit codes: 1 there is a problem, 2 wrong usage. */
settingsCommand('vigil doctor')
  .description('Looks at everything that the station needs, and says what to do. Changes nothing.')
  .option('--json', 'findings as JSON')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : BAD_USAGE))
  .action(async ({ json, ...flags }: Record<string, unknown>) => {
    try {
      const findings = await examine(readSettings(flags, process.env));
      process.stdout.write(json === true ? `${JSON.stringify(findings)}\n` : report(findings));
      process.exitCode = findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0;
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = BAD_USAGE;
    }
  })
  .parse();
