import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS_LIMITS } from './access-limits.js';

it('docs/access.md states every bound', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs/access.md'), 'utf8');
  const stated = [...text.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  expect(Object.fromEntries(stated)).toEqual(ACCESS_LIMITS);
});
