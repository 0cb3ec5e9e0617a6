/** Installs what package-lock.json names and builds dist/, each only when something changed. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, run } from './toolchain.mjs';

const SOURCES = [
  'apps',
  'libs',
  'simulators',
  'scripts',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function olderThan(stamp, paths) {
  if (!existsSync(stamp)) return true;
  const made = statSync(stamp).mtimeMs;
  return paths.some((path) => newest(join(root, path)) > made);
}

export function setup() {
  if (olderThan(join(root, 'node_modules', '.package-lock.json'), ['package-lock.json'])) {
    process.stdout.write('Installing packages …\n');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    // onnxruntime-node would fetch GPU files that Vigil does not use; its CPU library is inside the package.
    run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      shell: process.platform === 'win32',
    });
  }
  const built = join(root, 'dist', '.built');
  if (olderThan(built, SOURCES)) {
    build();
    writeFileSync(built, '');
  }
}

if (process.argv[1] === import.meta.filename) setup();
