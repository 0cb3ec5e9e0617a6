/**
 * `npm test [-- jest options]`: under the pinned Node, in ESM mode. Without options all tests: first two at a time, then,
 * one after the other, those with limits of time that are part of the behaviour: they need the machine to themselves.
 */
import { delimiter, dirname } from 'node:path';
import { setup } from './setup.mjs';
import { nodeBinary, runTool } from './toolchain.mjs';

setup();
const chosen = process.argv.slice(2);
if (chosen.length > 0) jest(...chosen);
else {
  jest('--selectProjects', 'unit', 'e2e', '--maxWorkers=2');
  jest('--selectProjects', 'alone', '--runInBand');
}

function jest(...options) {
  runTool('jest/bin/jest.js', options, {
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      PATH: `${dirname(nodeBinary())}${delimiter}${process.env.PATH ?? ''}`,
    },
  });
}
