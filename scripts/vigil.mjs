/** `npm run vigil -- <command>`: the command line, installed and built first where needed. */
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setup } from './setup.mjs';
import { nodeBinary, root } from './toolchain.mjs';

const PARENT_EVERY_MS = 500;
/** How long a command may take to end when it was asked to: a station saves its place. */
const END_WITHIN_MS = 15_000;
const KILLED = 128;

const parent = process.ppid;
setup();
const child = spawn(
  nodeBinary(),
  [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? KILLED + 2 : 1)));

// npm tells a SIGTERM to its shell alone, and ends: who it started has to see that it is gone.
if (process.env.npm_lifecycle_event !== undefined) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end('SIGTERM');
  }, PARENT_EVERY_MS);
}

function end(signal) {
  child.kill(signal);
  setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS).unref();
}
