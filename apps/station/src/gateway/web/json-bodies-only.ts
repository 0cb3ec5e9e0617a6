import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '@app/contracts';

/**
 * Answers 415 to a body that is not JSON. A form of another page can send text and form fields without asking, but for JSON
 * its browser has to ask first, and is told no.
 */
export function jsonBodiesOnly(
  { headers }: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  const length = headers['content-length'];
  const hasBody =
    headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  const type = headers['content-type'];
  const isJson = /^application\/json\s*(;|$)/i.test(type ?? '');
  if (isJson || (!hasBody && type === undefined)) return next();
  const body: ApiError = {
    statusCode: 415,
    error: 'Unsupported Media Type',
    message: 'send application/json',
  };
  response.writeHead(415, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(body));
}
