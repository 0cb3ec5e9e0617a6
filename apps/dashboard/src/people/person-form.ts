import type { PersonRequest, PersonRole } from '@app/contracts';

export interface PersonForm {
  name: string;
  role: PersonRole;
  all: boolean;
  wards: readonly string[];
}

/** As the station accepts, characters. */
export const PERSON_NAME_MAX = 80;

export interface PersonProblems {
  name?: string;
  wards?: string;
}

/** @param others names of everybody else: two of one name could not sign in */
export function personProblems(form: PersonForm, others: readonly string[]): PersonProblems {
  const problems: PersonProblems = {};
  const name = form.name.trim();
  if (name === '') problems.name = 'What is the name?';
  else if (others.some((other) => sameName(other, name))) {
    problems.name = 'Somebody of this name is in the list: add something to tell them apart.';
  }
  if (!form.all && form.wards.length === 0) problems.wards = 'Which ward?';
  return problems;
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}

export function personOf({ name, role, all, wards }: PersonForm): PersonRequest {
  return { name: name.trim(), role, wards: all ? 'all' : [...wards] };
}
