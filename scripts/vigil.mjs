/** `npm run vigil -- <command>`: the command line, installed and built first where needed. */
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setup } from './setup.mjs';
import { nodeBinary, root } from './toolchain.mjs';

setup();
const child = spawn(
  nodeBinary(),
  [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
