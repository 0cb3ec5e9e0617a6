import type { IncomingMessage, ServerResponse } from 'node:http';

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Swagger's page brings a style element of its own; its scripts are files. */
const DOCS_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

/** Headers of every answer: no script but our own files, no frame, no guess of a type, and no health data in any cache. */
export function securityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  // routes are found whatever the case of their letters
  const path = (request.url ?? '/').toLowerCase();
  const isDocs = path.startsWith('/api/docs');
  response.setHeader('Content-Security-Policy', isDocs ? DOCS_POLICY : PAGE_POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // the camera reads the codes on devices, when a patient is admitted
  response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=()');
  if (path.startsWith('/api')) response.setHeader('Cache-Control', 'no-store');
  next();
}
