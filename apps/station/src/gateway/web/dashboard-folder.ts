import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the dashboard's build lies: dist/apps/dashboard of the package that this module belongs to, built or not. */
export function dashboardFolder(from: string = import.meta.dirname): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, 'dist', 'apps', 'dashboard');
}
