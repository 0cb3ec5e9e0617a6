export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  /** `Set-Cookie`, as it was sent. */
  cookies: string[];
  body: T;
}

/** One request to a station as a program sends it, with JSON where there is a body. */
export async function ask<T = unknown>(
  url: string,
  route: `${string} /${string}`,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer<T>> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const answer = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    cookies: answer.headers.getSetCookie(),
    body: (isJson ? JSON.parse(text) : text) as T,
  };
}

/** What a browser would send from now on. */
export function cookieHeader(cookies: readonly string[]): { cookie: string } {
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') };
}
