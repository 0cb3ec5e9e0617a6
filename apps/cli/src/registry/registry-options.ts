import { InvalidArgumentError, Option } from 'commander';
import { NAME_PATTERN, type Origin } from '@app/contracts';

/** Flags and arguments that the commands on the registry share. */
export interface RegistryOptions {
  data: string;
  json?: true;
}

export function dataOption(): Option {
  return new Option('--data <folder>', "the station's data folder")
    .env('VIGIL_DATA')
    .default('data/live');
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON');
}

/** For commands that may make the folder. */
export function originOption(): Option {
  return new Option('--origin <origin>', 'what a data folder that is made now is for').choices([
    'live',
    'simulated',
    'replay',
  ] satisfies Origin[]);
}

export function wardOption(): Option {
  return new Option('--ward <ward>', 'the ward').argParser(nameArgument).default('main');
}

/** Name of a device, a patient or a ward. */
export function nameArgument(text: string): string {
  if (!NAME_PATTERN.test(text)) {
    throw new InvalidArgumentError(
      'must be 1 to 36 letters, digits, dots, dashes or underscores, the first a letter or digit.',
    );
  }
  return text;
}
