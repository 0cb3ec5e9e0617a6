import type { ApiError } from '@app/contracts';

/** What came of a request: a value, or one sentence for the person who asked. */
export type Answer<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      /** As in HTTP; 0 when no answer came. */
      status: number;
      message: string;
    };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How long the station may take to answer, ms. */
const ANSWER_MS = 15_000;

const NO_ANSWER = 'The station does not answer. Nothing was changed as far as this screen knows.';

const strangers = new Set<() => void>();

/** Calls back whenever the station does not know who asks: the session has ended. */
export function onStranger(listener: () => void): () => void {
  strangers.add(listener);
  return () => strangers.delete(listener);
}

/** Asks the station. Never rejects; `leave` aborts, and the answer is then of no interest to anybody. */
export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  leave?: AbortSignal,
): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(ANSWER_MS);
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    signal: leave === undefined ? timeout : AbortSignal.any([leave, timeout]),
  };
  if (body !== undefined) {
    init.headers = { 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, init);
    const value = await bodyOf(response);
    if (response.ok) return { ok: true, value: value as T };
    // A wrong password is 401 too; that is the answer to whoever typed it.
    if (response.status === 401 && !path.startsWith('/api/session')) {
      for (const tell of strangers) tell();
    }
    return { ok: false, status: response.status, message: sentenceOf(value, response.status) };
  } catch {
    return { ok: false, status: 0, message: NO_ANSWER };
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function sentenceOf(body: unknown, status: number): string {
  const message = (body as Partial<ApiError> | null)?.message;
  if (typeof message !== 'string' || message === '') {
    return `The station refused this, without a reason (${status}).`;
  }
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** `/api/wards/3b/beds/4`, every part escaped. */
export function apiPath(...parts: readonly string[]): string {
  return `/api/${parts.map(encodeURIComponent).join('/')}`;
}
