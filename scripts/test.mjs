/**
 * `npm test [-- jest options]`: all tests, or those chosen, under the pinned Node, in ESM mode: first two suites at a time,
 * then, one after the other, those with limits of time that are part of the behaviour: they need the machine to themselves.
 */
import { delimiter, dirname } from 'node:path';
import { setup } from './setup.mjs';
import { nodeBinary, runTool } from './toolchain.mjs';

setup();
const chosen = process.argv.slice(2);
if (chosen.some((option) => option.startsWith('--selectProjects'))) jest(...chosen);
else {
  // what is chosen may lie on one side only
  const options = chosen.length > 0 ? [...chosen, '--passWithNoTests'] : [];
  jest('--maxWorkers=2', ...options, '--selectProjects', 'unit', 'e2e');
  jest('--runInBand', ...options, '--selectProjects', 'alone');
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
