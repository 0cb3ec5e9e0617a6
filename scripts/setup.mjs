/** Installs what package-lock.json names and builds dist/, each only when something changed. */
import { existsSync, lstatSync, readdirSync, statSync, writeFileSync } from 'node:fs';
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

/** A link to the packages of another checkout: `npm ci` would empty that one. */
function areLinked(packages) {
  return lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

export function setup() {
  const packages = join(root, 'node_modules');
  const stamp = join(packages, '.package-lock.json');
  if (!areLinked(packages) && olderThan(stamp, ['package-lock.json'])) {
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
