/**
 * Mutation testing of the alarm machine: `stryker run`. Each mutant runs the example and threshold tests alone: random
 * and exhaustive tests would find more, and take hours.
 */
export default {
  mutate: [
    'libs/alarms/src/**/*.ts',
    '!libs/alarms/src/**/*.spec.ts',
    '!libs/alarms/src/testing/**',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  coverageAnalysis: 'perTest',
  jest: {
    configFile: 'jest.mutation.config.mjs',
    enableFindRelatedTests: false,
  },
  // The sandbox gets only what these tests need.
  ignorePatterns: [
    '**',
    '!package.json',
    '!jest.config.mjs',
    '!jest.mutation.config.mjs',
    '!docs/alarms.md',
    '!libs/alarms/**',
    '!libs/contracts/**',
  ],
  concurrency: 1,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'data/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
