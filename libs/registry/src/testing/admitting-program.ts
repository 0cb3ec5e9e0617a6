import { NO_LIMITS } from '@app/contracts';
import { COMMAND_LINE, openRegistry } from '@app/registry';

/** Admits and discharges, one line of output per change that is durable, until it is ended. Arguments: folder, pseudonym, changes. */
const [folder = '', patient = '', changes = ''] = process.argv.slice(2);

const registry = await openRegistry(folder, { defaultWardLimits: NO_LIMITS });
for (let i = 0; i < Number(changes); i++) {
  if (i % 2 === 0) {
    const request = { patient, name: patient, label: patient, bed: null };
    await registry.patients.admit(COMMAND_LINE, 'main', request);
  } else {
    await registry.patients.discharge(COMMAND_LINE, patient);
  }
  process.stdout.write(`${i + 1}\n`);
}
await registry.close();
