import type { Command } from 'commander';

/** Flags that are each right, but not together. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Exit code of wrong usage; 1 says that a good command has failed. */
export const USAGE_EXIT_CODE = 2;

/** Commander ends with 1 for wrong usage: lets a command and all below it end with 2, and point to the help. */
export function endOnWrongUsage(command: Command): Command {
  command
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE_EXIT_CODE));
  for (const below of command.commands) endOnWrongUsage(below);
  return command;
}
