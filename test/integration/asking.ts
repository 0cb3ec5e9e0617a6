import type { SignedIn } from './signed-in.js';

export interface Answer {
  status: number;
  /** Parsed; null where there is none. */
  body: unknown;
}

/** Asks an API as somebody, with a JSON body where there is one. */
export async function ask(
  url: string,
  { headers }: Pick<SignedIn, 'headers'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}
