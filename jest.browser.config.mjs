import base from './jest.config.mjs';

/** The pages in a real browser: Debian's Chromium, or the one that CHROMIUM names. */
export default { ...base, testMatch: ['<rootDir>/test/browser/**/*.test.ts'], testTimeout: 60_000, maxWorkers: 1 };
