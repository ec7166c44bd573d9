import base from './jest.config.mjs';

/** Tests of whole systems: starts and kills, crawls, backups, upgrades of old data, bundles, installed packages. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/system/**/*.test.ts', '<rootDir>/packages/*/test/system/**/*.test.ts'],
  testPathIgnorePatterns: [],
  // Each starts whole systems, with workers of their own.
  maxWorkers: 2,
};
