import type { StrayDevice } from '@app/contracts';
import { age } from '../words.js';

/** What is known of a device that is nobody's: `sending now`, `last heard 2 min ago`. */
export function strayWords(stray: StrayDevice, serverMs: number | null): string {
  const heard =
    stray.lastDataMs === null || serverMs === null
      ? null
      : age(Math.max(0, serverMs - stray.lastDataMs));
  const link = stray.connected ? 'connected' : 'not connected';
  const said = heard === null ? link : `${link}, last samples ${heard}`;
  return stray.reason === 'not-placed'
    ? `${said}; its clock is not known well enough to say whose they are`
    : said;
}
