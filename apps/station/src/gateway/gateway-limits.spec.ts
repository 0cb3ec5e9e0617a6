import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_LIMITS } from './gateway-limits.js';

it('docs/api.md states every bound', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/api.md'), 'utf8');
  const stated = [...text.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(stated)).toEqual(GATEWAY_LIMITS);
});
