import { Command, Option } from 'commander';
import { STREAM_NAMES } from '@app/journal';
import { timeFlag } from '../flags/time-flag.js';
import { exportJournal, type ExportJournalOptions } from './export-journal.js';
import { printJournalInfo } from './journal-info.js';
import { replayAlarms } from './replay-alarms.js';

const data = () =>
  new Option('--data <folder>', "the station's data folder").env('VIGIL_DATA').default('data/live');

/** `vigil journal`: looks into the journal of a station, also while it runs. */
export function journalCommand(): Command {
  const journal = new Command('journal').description(
    "look into a station's journal, also while it runs",
  );
  journal
    .command('info')
    .description('what the journal holds, by stream')
    .addOption(data())
    .option('--json', 'print JSON')
    .action(printJournalInfo);
  journal
    .command('export')
    .description('write a range of records to a file that `vigil replay` takes')
    .requiredOption('--out <file>', 'the file to write; must not exist yet')
    .addOption(data())
    .addOption(
      new Option('--stream <name>', 'which stream').choices(STREAM_NAMES).default('frames'),
    )
    .option('--from <time>', 'records appended at or after this ISO 8601 time', timeFlag)
    .option('--to <time>', 'records appended before this ISO 8601 time', timeFlag)
    .option('--device <name...>', 'only these devices (patients in `ward` and `events`)')
    .option('--json', 'print the result as JSON')
    .action(async (options: ExportJournalOptions, command: Command) => {
      if (options.from !== undefined && options.to !== undefined && options.from >= options.to)
        command.error('error: --from must be before --to');
      await exportJournal(options);
    });
  journal
    .command('replay')
    .description('run the alarm machine once more over what was recorded, and compare its events')
    .addOption(data())
    .option('--from <time>', 'events at or after this ISO 8601 time', timeFlag)
    .option('--to <time>', 'events before this ISO 8601 time', timeFlag)
    .option('--json', 'print the events as JSON, one a line')
    .action(replayAlarms);
  return journal;
}
