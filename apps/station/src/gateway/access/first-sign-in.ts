import type { SignInLink } from '@app/contracts';
import { type Registry, STATION } from '@app/registry';

const NAME = 'Administrator';

/**
 * While nobody can sign in as administrator: a new link for the first one, which makes earlier ones void. Else null. Nothing is
 * open by default: this link is the only way into a new station.
 */
export async function firstSignIn(registry: Registry): Promise<SignInLink | null> {
  if (await registry.people.hasAdministrator()) return null;
  const people = await registry.people.list();
  const waiting = people.find(({ role, active }) => role === 'administrator' && active);
  if (waiting !== undefined) return registry.people.link(STATION, waiting.person);
  const names = new Set(people.map(({ name }) => name));
  let name = NAME;
  for (let n = 2; names.has(name); n++) name = `${NAME} ${n}`;
  return registry.people.add(STATION, { name, role: 'administrator', wards: 'all' });
}

/** Where a link leads. The token stands behind `#`, which no browser sends and no server logs. */
export function signInUrl(stationUrl: string, { token }: SignInLink): string {
  return `${new URL('/sign-in', stationUrl).href}#${token}`;
}
