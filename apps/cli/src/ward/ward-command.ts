import { Command } from 'commander';
import { dataOption, jsonOption, nameArgument } from '../registry/registry-options.js';
import { addBeds, addWard, listWards } from './ward-actions.js';

/** `vigil ward`: wards and their beds. */
export function wardCommand(): Command {
  const ward = new Command('ward').description('wards and beds; also while the station runs');
  ward
    .command('list')
    .description('the wards, their beds and who lies in them')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(listWards);
  ward
    .command('add')
    .description('add a ward')
    .argument('<ward>', 'its id, part of addresses', nameArgument)
    .argument('[name]', 'as it is shown (default: the id)')
    .addOption(dataOption())
    .action(addWard);
  ward
    .command('bed')
    .description('add beds to a ward, in the order of the wall')
    .argument('<ward>', 'the ward', nameArgument)
    .argument('<bed...>', 'names of the beds, such as 1 2 3')
    .addOption(dataOption())
    .action(addBeds);
  return ward;
}
