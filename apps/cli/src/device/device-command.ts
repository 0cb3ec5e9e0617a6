import { Command, InvalidArgumentError, Option } from 'commander';
import { NAME_PATTERN, type Origin } from '@app/contracts';
import { addDevice, listDevices, removeDevice, renewDevice } from './device-actions.js';

/** `vigil device`: who may publish, and whose the samples are. */
export function deviceCommand(): Command {
  const device = new Command('device').description(
    'the wearables that may connect; also while the station runs',
  );
  device
    .command('add')
    .description('let a device connect, and print its secret, which is shown only now')
    .argument('<name>', 'the device: its user name, client id and topic', nameArgument)
    .requiredOption('--patient <pseudonym>', 'who wears it', nameArgument)
    .addOption(dataOption())
    .addOption(
      new Option('--origin <origin>', 'what a data folder that is made now is for').choices([
        'live',
        'simulated',
        'replay',
      ] satisfies Origin[]),
    )
    .option('--json', 'print JSON')
    .action(addDevice);
  device
    .command('renew')
    .description('give a device a new secret, and print it; the old one is void at once')
    .argument('<name>', 'the device', nameArgument)
    .addOption(dataOption())
    .option('--json', 'print JSON')
    .action(renewDevice);
  device
    .command('list')
    .description('the devices and their patients')
    .addOption(dataOption())
    .option('--json', 'print JSON')
    .action(listDevices);
  device
    .command('remove')
    .description('let a device connect no more; its connection ends with its next frame')
    .argument('<name>', 'the device', nameArgument)
    .addOption(dataOption())
    .action(removeDevice);
  return device;
}

function dataOption(): Option {
  return new Option('--data <folder>', "the station's data folder")
    .env('VIGIL_DATA')
    .default('data/live');
}

function nameArgument(text: string): string {
  if (!NAME_PATTERN.test(text)) {
    throw new InvalidArgumentError(
      'must be 1 to 36 letters, digits, dots, dashes or underscores, the first a letter or digit.',
    );
  }
  return text;
}
