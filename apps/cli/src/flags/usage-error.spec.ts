import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { countFlag } from './number-flag.js';
import { endOnWrongUsage } from './usage-error.js';

class Exit extends Error {
  constructor(readonly code: unknown) {
    super(`exit ${String(code)}`);
  }
}

/** A program with a command in a command; what it would have ended with. */
function run(...args: string[]): unknown {
  const program = new Command('vigil').addCommand(
    new Command('device').addCommand(
      new Command('add')
        .argument('<name>')
        .option('--seed <number>', 'seed', countFlag(0, 9))
        .action(() => undefined),
    ),
  );
  for (const command of [program, program.commands[0], program.commands[0]?.commands[0]])
    command?.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  try {
    endOnWrongUsage(program).parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
  return 'no exit';
}

describe('wrong usage', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    [2, ['--nonsense']],
    [2, ['nonsense']],
    [2, []],
    [2, ['device', 'add']],
    [2, ['device', 'add', 'a', 'b']],
    [2, ['device', 'add', 'a', '--seed', 'x']],
    [0, ['--help']],
    [0, ['device', 'add', '--help']],
    ['no exit', ['device', 'add', 'a', '--seed', '3']],
  ])('ends with %s: %j', (code, args) => {
    jest.spyOn(process, 'exit').mockImplementation((given) => {
      throw new Exit(given);
    });
    expect(run(...args)).toBe(code);
  });
});
