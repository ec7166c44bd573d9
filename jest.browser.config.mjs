import base from './jest.config.mjs';

/** The pages in a real browser: Debian's Chromium, or the one that CHROMIUM names. */
export default {
  ...base,
  globalSetup: './test/browser/set-up.mjs',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
};
