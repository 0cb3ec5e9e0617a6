/** `npm test [-- jest options]`: all tests under the pinned Node, in ESM mode. */
import { delimiter, dirname } from 'node:path';
import { setup } from './setup.mjs';
import { nodeBinary, runTool } from './toolchain.mjs';

setup();
runTool('jest/bin/jest.js', process.argv.slice(2), {
  env: {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    PATH: `${dirname(nodeBinary())}${delimiter}${process.env.PATH ?? ''}`,
  },
});
