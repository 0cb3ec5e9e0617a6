import { Command, InvalidArgumentError, Option } from 'commander';
import { NAME_PATTERN, PERSON_ROLES } from '@app/contracts';
import { dataOption, jsonOption, originOption } from '../registry/registry-options.js';
import { addPerson, deactivatePerson, linkPerson, listPeople } from './people-actions.js';

/** `vigil people`: who may sign in. Also the way back in for an administrator who is locked out. */
export function peopleCommand(): Command {
  const people = new Command('people').description('who may sign in; also while the station runs');
  people
    .command('add')
    .description('add a person or a wall display, and print a link that signs in once')
    .argument('<name>', 'as it is typed to sign in, and shown beside what the person does')
    .addOption(
      new Option('--role <role>', 'what the person may do').choices(PERSON_ROLES).default('nurse'),
    )
    .option(
      '--wards <list>',
      'separated by commas, or all (default: main; for an administrator: all)',
      wardsFlag,
    )
    .addOption(stationOption())
    .addOption(dataOption())
    .addOption(originOption())
    .addOption(jsonOption())
    .action(addPerson);
  people
    .command('list')
    .description('everybody, with role and wards')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(listPeople);
  people
    .command('link')
    .description(
      'print a new link that signs in once: for a forgotten password, or another display',
    )
    .argument('<name>', 'name or id of a person')
    .addOption(stationOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(linkPerson);
  people
    .command('deactivate')
    .description(
      'let a person sign in no more, and end the sessions; what was done stays in the audit',
    )
    .argument('<name>', 'name or id of a person')
    .addOption(dataOption())
    .action(deactivatePerson);
  return people;
}

function stationOption(): Option {
  const port = process.env['VIGIL_HTTP_PORT'];
  const isPort = port !== undefined && /^[1-9]\d{0,4}$/.test(port);
  return new Option('--station <url>', 'where the station is open, for the link')
    .argParser(stationFlag)
    .default(`http://localhost:${isPort ? port : 8080}`);
}

function stationFlag(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('must be like http://localhost:8080.');
  }
  return text;
}

function wardsFlag(text: string): string[] | 'all' {
  if (text === 'all') return 'all';
  const wards = text.split(',').map((ward) => ward.trim());
  if (!wards.every((ward) => NAME_PATTERN.test(ward))) {
    throw new InvalidArgumentError('must be wards such as main,icu, or all.');
  }
  return wards;
}
