/** Builds the server side with `nest build` and the dashboard with Vite, both into dist/. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './toolchain.mjs';

export function buildServer() {
  process.stdout.write('Building the station …\n');
  runTool('@nestjs/cli/bin/nest.js', ['build', 'station']);
}

export function buildDashboard() {
  if (!existsSync(join(root, 'apps', 'dashboard', 'vite.config.ts'))) return;
  process.stdout.write('Building the dashboard …\n');
  runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', 'dashboard'),
  });
}

export function build() {
  buildServer();
  buildDashboard();
}

if (process.argv[1] === import.meta.filename) {
  const only = process.argv[2];
  if (only === 'server') buildServer();
  else if (only === 'dashboard') buildDashboard();
  else build();
}
