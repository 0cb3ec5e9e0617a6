/** What is typed about who a patient is. */
export interface IdentityForm {
  name: string;
  birthDate: string;
  hospitalNumber: string;
  label: string;
}

export const EMPTY_IDENTITY: IdentityForm = {
  name: '',
  birthDate: '',
  hospitalNumber: '',
  label: '',
};

/** As the station accepts, characters. */
export const IDENTITY_CHARACTERS = { name: 80, hospitalNumber: 40, label: 36 } as const;

export type IdentityProblems = Partial<Record<keyof IdentityForm, string>>;

/** @param today `2026-03-05`: nobody is born later */
export function identityProblems(form: IdentityForm, today: string): IdentityProblems {
  const problems: IdentityProblems = {};
  if (form.name.trim() === '') problems.name = 'Who is it?';
  if (form.label.trim() === '') problems.label = 'What shall stand on the wall?';
  const { birthDate } = form;
  if (birthDate !== '' && !isDate(birthDate)) problems.birthDate = 'This is no date.';
  else if (birthDate > today) problems.birthDate = 'This day has not come yet.';
  else if (birthDate !== '' && birthDate < '1850-01-01') problems.birthDate = 'Before 1850?';
  return problems;
}

function isDate(text: string): boolean {
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(atMs) &&
    new Date(atMs).toISOString().startsWith(text)
  );
}

/** As the station wants it: trimmed, and null for what was left empty. */
export function identityOf(form: IdentityForm): {
  name: string;
  birthDate: string | null;
  hospitalNumber: string | null;
  label: string;
} {
  return {
    name: form.name.trim(),
    birthDate: form.birthDate || null,
    hospitalNumber: form.hospitalNumber.trim() || null,
    label: form.label.trim(),
  };
}

/** `AB` for Anna Berg: what the wall can show without telling a name. Empty without letters. */
export function initialsOf(name: string): string {
  return name
    .trim()
    .split(/[\s-]+/)
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase()
    .slice(0, 4);
}
