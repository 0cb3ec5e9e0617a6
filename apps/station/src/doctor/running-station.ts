import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ReadyResponse } from '@app/contracts';
import type { Settings } from '../settings.js';

const ANSWER_WITHIN_MS = 3_000;

export type RunningStation = ReadyResponse & {
  /** How far its clock is ahead of this one, s, from the Date of its answer: whole seconds. */
  aheadSeconds: number;
};

/** What the station on the HTTP port says of itself; null when none answers there. */
export function runningStation({ host, httpPort, tls }: Settings): Promise<RunningStation | null> {
  if (httpPort === 0) return Promise.resolve(null);
  // whether the certificate is trusted is for another check: here it only matters who answers on this machine
  const options = { host, port: httpPort, path: '/health/ready', timeout: ANSWER_WITHIN_MS };
  return new Promise((resolve) => {
    const request =
      tls === 'off'
        ? httpRequest(options)
        : httpsRequest({ ...options, rejectUnauthorized: false, headers: { host: 'localhost' } });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(parse(Buffer.concat(chunks), response.headers.date)));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
    request.end();
  });
}

function parse(body: Buffer, date: string | undefined): RunningStation | null {
  try {
    const answer = JSON.parse(body.toString('utf8')) as ReadyResponse;
    if (!Array.isArray(answer.parts)) return null;
    const theirs = date === undefined ? Date.now() : Date.parse(date);
    return { ...answer, aheadSeconds: Math.round((theirs - Date.now()) / 1000) };
  } catch {
    return null;
  }
}
