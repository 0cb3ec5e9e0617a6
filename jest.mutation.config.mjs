import config from './jest.config.mjs';

const [unit] = config.projects;

/** The tests that every mutant must survive: see stryker.config.mjs. */
export default {
  ...unit,
  roots: ['<rootDir>/libs/alarms', '<rootDir>/libs/contracts'],
  testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
  testMatch: ['<rootDir>/libs/alarms/src/testing/examples.ts'],
};
