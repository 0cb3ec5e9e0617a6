import { Command } from 'commander';
import { timeFlag } from '../flags/time-flag.js';
import { dataOption, jsonOption, nameArgument, wardOption } from '../registry/registry-options.js';
import { admitPatient, assignDevice, dischargePatient, listPatients } from './patient-actions.js';

/** `vigil patient`: admissions without a browser, for scripts. */
export function patientCommand(): Command {
  const patient = new Command('patient').description(
    'who is admitted and wears what; also while the station runs',
  );
  patient
    .command('admit')
    .description('admit a patient to a ward')
    .argument('<pseudonym>', 'the patient, everywhere outside the registry', nameArgument)
    .option('--name <name>', 'who it is; kept in the registry alone (default: the pseudonym)')
    .option('--label <label>', 'initials or an alias for the wall (default: the pseudonym)')
    .option('--bed <bed>', 'a free bed of the ward')
    .addOption(wardOption())
    .addOption(dataOption())
    .action(admitPatient);
  patient
    .command('assign')
    .description('put a device on an admitted patient; whoever wore it wears it no more')
    .argument('<pseudonym>', 'the patient', nameArgument)
    .argument('<device>', 'the device', nameArgument)
    .option('--since <time>', 'worn since this ISO 8601 time (default: from now on)', timeFlag)
    .addOption(dataOption())
    .action(assignDevice);
  patient
    .command('discharge')
    .description('discharge a patient; devices are taken off, the history stays')
    .argument('<pseudonym>', 'the patient', nameArgument)
    .addOption(dataOption())
    .action(dischargePatient);
  patient
    .command('list')
    .description('the patients of a ward, by pseudonym')
    .addOption(wardOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(listPatients);
  return patient;
}
