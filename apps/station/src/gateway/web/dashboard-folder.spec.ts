import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboardFolder } from './dashboard-folder.js';

describe('dashboardFolder', () => {
  it('is the same from the sources and from their build', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigil-package-')));
    writeFileSync(join(root, 'package.json'), '{}');
    for (const place of ['apps/station/src/gateway/web', 'dist/apps/station/src/gateway/web']) {
      mkdirSync(join(root, place), { recursive: true });
      expect(dashboardFolder(join(root, place))).toBe(join(root, 'dist/apps/dashboard'));
    }
    rmSync(root, { recursive: true });
  });
});
