import { Command } from 'commander';
import {
  dataOption,
  jsonOption,
  nameArgument,
  originOption,
  wardOption,
} from '../registry/registry-options.js';
import { addDevice, listDevices, removeDevice, renewDevice } from './device-actions.js';

/** `vigil device`: who may publish. */
export function deviceCommand(): Command {
  const device = new Command('device').description(
    'the wearables that may connect; also while the station runs',
  );
  device
    .command('add')
    .description('let a device connect, and print its secret, which is shown only now')
    .argument('<name>', 'the device: its user name, client id and topic', nameArgument)
    .option(
      '--patient <pseudonym>',
      'who wears it from now on; admitted to the ward when the registry has no such patient',
      nameArgument,
    )
    .addOption(wardOption())
    .addOption(dataOption())
    .addOption(originOption())
    .addOption(jsonOption())
    .action(addDevice);
  device
    .command('renew')
    .description('give a device a new secret, and print it; the old one is void at once')
    .argument('<name>', 'the device', nameArgument)
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(renewDevice);
  device
    .command('list')
    .description('the devices and who wears them')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(listDevices);
  device
    .command('remove')
    .description('let a device connect no more; its connection ends with its next frame')
    .argument('<name>', 'the device', nameArgument)
    .addOption(dataOption())
    .action(removeDevice);
  return device;
}
