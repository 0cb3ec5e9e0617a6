import type { Settings } from '../settings.js';

/** What one check has found. A warning works today; a problem does not. */
export interface Finding {
  /** What was looked at: `disk`, `port 8080`, … */
  what: string;
  verdict: 'good' | 'warning' | 'problem';
  /** What is so, in one sentence. */
  says: string;
  /** What to do about it; empty when it is good. */
  todo: string;
}

export type Check = (settings: Settings) => Promise<Finding[]>;

export function good(what: string, says: string): Finding {
  return { what, verdict: 'good', says, todo: '' };
}

export function warning(what: string, says: string, todo: string): Finding {
  return { what, verdict: 'warning', says, todo };
}

export function problem(what: string, says: string, todo: string): Finding {
  return { what, verdict: 'problem', says, todo };
}
