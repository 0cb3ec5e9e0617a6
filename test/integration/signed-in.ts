import type { PersonRole } from '@app/contracts';
import { COMMAND_LINE, type Registry } from '@app/registry';

export interface SignedIn {
  person: string;
  name: string;
  /** The session's secret. */
  token: string;
  /** For `fetch` and for sockets, without TLS. */
  headers: { cookie: string };
}

/** A session of a person of that role, who is added when the registry has nobody of that name. */
export async function signedIn(
  registry: Registry,
  role: PersonRole = 'nurse',
  wards: string[] | 'all' = 'all',
  name = `${role} of ${wards === 'all' ? 'all wards' : wards.join(', ')}`,
): Promise<SignedIn> {
  const known = (await registry.people.list()).find((one) => one.name === name);
  const person =
    known?.person ?? (await registry.people.add(COMMAND_LINE, { name, role, wards })).person;
  const { token } = await registry.sessions.open(person);
  return { person, name, token, headers: { cookie: `vigil_session=${token}` } };
}
