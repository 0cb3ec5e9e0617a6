import type { Origin, PersonInfo, PersonRole, SignInLink } from '@app/contracts';
import { COMMAND_LINE, type Registry } from '@app/registry';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { withNewRegistry, withRegistry } from '../registry/with-registry.js';
import { signInAddress } from './sign-in-address.js';

interface LinkOptions extends RegistryOptions {
  station: string;
}

interface AddOptions extends LinkOptions {
  role: PersonRole;
  wards?: string[] | 'all';
  origin?: Origin;
}

export async function addPerson(name: string, options: AddOptions): Promise<void> {
  const { data, role, origin } = options;
  const wards = options.wards ?? (role === 'administrator' ? 'all' : ['main']);
  const link = await withNewRegistry(data, origin, (registry) =>
    registry.people.add(COMMAND_LINE, { name, role, wards }),
  );
  printLink(name, link, options);
}

export async function linkPerson(name: string, options: LinkOptions): Promise<void> {
  const { person, link } = await withRegistry(options.data, async (registry) => {
    const found = await personOf(registry, name);
    return { person: found, link: await registry.people.link(COMMAND_LINE, found.person) };
  });
  printLink(person.name, link, options);
}

export async function listPeople({ data, json }: RegistryOptions): Promise<void> {
  const people = await withRegistry(data, (registry) => registry.people.list());
  if (json) {
    print(JSON.stringify(people));
    return;
  }
  const rows = people.map(({ person, name, role, wards, active, lastSeenMs }) => [
    person,
    name,
    role,
    wards === 'all' ? 'all' : wards.join(','),
    active ? 'yes' : 'no',
    lastSeenMs === null ? '–' : new Date(lastSeenMs).toISOString(),
  ]);
  process.stdout.write(table([['id', 'name', 'role', 'wards', 'active', 'last seen'], ...rows]));
}

export async function deactivatePerson(name: string, { data }: RegistryOptions): Promise<void> {
  await withRegistry(data, async (registry) => {
    const { person } = await personOf(registry, name);
    await registry.people.change(COMMAND_LINE, person, { active: false });
  });
}

async function personOf(registry: Registry, nameOrId: string): Promise<PersonInfo> {
  const people = await registry.people.list();
  const found =
    people.find(({ person }) => person === nameOrId) ??
    people.find(({ name }) => name.toLowerCase() === nameOrId.toLowerCase());
  if (found === undefined) {
    throw new Error(`there is nobody named ${nameOrId}: vigil people list shows who there is`);
  }
  return found;
}

function printLink(name: string, link: SignInLink, { station, json }: LinkOptions): void {
  const address = signInAddress(station, link.token);
  if (json) {
    print(JSON.stringify({ ...link, name, address }));
    return;
  }
  print(`Open ${address} to sign in as ${name}`);
  print(`(once, until ${new Date(link.expiresMs).toISOString()}; earlier links are void)`);
}
