/** Finds and runs the pinned Node and the tools of node_modules; needs nothing but Node 20. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The pinned Node 24 (npm package `node`), or the running one when it is new enough. */
export function nodeBinary() {
  const pinned = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  fail(
    'Node 24 is missing: its install script did not run. Use `npm ci --foreground-scripts`, or Node 24 itself.',
  );
}

/** Runs a program to its end; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  if (error) fail(`${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal ? 128 : 1));
}

/** Runs a package's program with the pinned Node. */
export function runTool(script, args, options = {}) {
  run(nodeBinary(), [join(root, 'node_modules', script), ...args], options);
}

export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
